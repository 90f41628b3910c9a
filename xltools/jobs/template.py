"""xltools template: writes department workbooks, blank, from a roster, from values, from older workbooks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from xltools.bilingual import Pair, joined, same
from xltools.console import Console
from xltools.editing.told import told
from xltools.errors import UsageError
from xltools.form.model import Form
from xltools.intake.roster import Department, Roster, read_roster
from xltools.intake.submission import Submission
from xltools.jobs.common import WRITTEN, CommonOptions, workspace
from xltools.jobs.endings import need_ending
from xltools.jobs.older import Older
from xltools.jobs.outputs import Outputs
from xltools.recalc.workspace import Workspace
from xltools.writing.department.carry_over import Carried
from xltools.writing.department.inputs import read_values
from xltools.writing.department.make import file_name, workbook
from xltools.writing.department.prefill import unused
from xltools.writing.seal import Kind

ROSTER_NAME = "名册.xlsx"
NO_FORM = Pair("缺少表格的编号；可以是 {known}", "the form is missing; it may be {known}")
BOTH = Pair("--values 和 --previous 不能同时使用", "--values and --previous exclude each other")
NOT_USED_COLUMNS = Pair("名册中没有用到的列：{columns}", "columns of the roster that mean nothing here: {columns}")
OTHER_SUBJECT = Pair(
    "名册里没有“{columns}”：按名册一行一份生成，这几项由填报单位自己填（{title}一份填一个）",
    "the roster has no columns {columns}: one workbook a line is made, in which the sender fills them in",
)
FOLDER_WITH_ROSTER = Pair(
    "用名册时会生成多个文件，-o 应为文件夹，现为 {folder}",
    "with a roster several files are written: -o must be a folder, not {folder}",
)
FOLDER_WITH_PREVIOUS = Pair(
    "用 --previous 时会生成多个文件，-o 应为文件夹，现为 {folder}",
    "with --previous several files are written: -o must be a folder, not {folder}",
)
MADE = Pair("已在 {folder} 生成 {count} 个部门的填报表", "{count} departments' workbooks written to {folder}")
NOTHING_OLDER = Pair("--previous {path} 里没有能用的工作簿", "--previous {path} holds no workbook that can be used")
NOT_FOUND = Pair(
    "{name}（{code}）：没有找到上年的工作簿，按空白表生成",
    "{name} ({code}): no older workbook was found, a blank one is made",
)
TWO_OF_ONE = Pair(
    "{path} 里“{name}”有不止一份工作簿；请只留一份", "{path} holds more than one workbook of “{name}”; leave one there"
)
UNUSED = Pair(
    "{file}：没有用到（名册中没有这个部门，或另有一份）",
    "{file}: not used (the roster has no such department, or another workbook was used)",
)
CARRIED = Pair("{file}：带入 {count} 项{left}", "{file}: {count} items carried over{left}")
LEFT = Pair(
    "；没有带入（本表没有这一项或内容读不准）：{labels}",
    "; not carried over (not in this form, or not understood): {labels}",
)


@dataclass(frozen=True, kw_only=True)
class TemplateOptions(CommonOptions):
    """What the command was asked for."""

    form: str | None = None
    roster_template: bool = False
    output: Path | None = None
    roster: Path | None = None
    values: Path | None = None
    previous: Path | None = None
    force: bool = False
    sample: int | None = None
    broken: tuple[str, ...] = ()
    seed: int = 1


def run(options: TemplateOptions) -> int:
    """Write the workbooks asked for and say where they are."""
    home, console = workspace(options.forms_dir), options.console
    if options.roster_template:
        return _empty_roster(home, options)
    if options.form is None:
        raise UsageError(NO_FORM.format(known=joined(map(same, home.form_ids))))
    form = home.form(options.form)
    if options.sample is not None or options.broken:
        return _samples(home, form, options)
    given = read_values(options.values, form) if options.values is not None else None
    read = (options.roster, options.values, options.previous, options.forms_dir)
    outputs = Outputs(home, read, options.force)
    if options.previous is not None:
        if given is not None:
            raise UsageError(BOTH)
        return from_previous(form, options, options.previous, outputs)
    if options.roster is None:
        target = options.output or Path(f"{form.id}.xlsx")
        if target.is_dir():
            target = target / f"{form.id}.xlsx"
        need_ending(target, "-o", ".xlsx")
        kind: Kind = "filled" if given else "blank"
        outputs.claim((target, kind))
        outputs.save(target, workbook(home, form, given), kind)
        console.note(WRITTEN.format(path=target))
        return 0
    roster = _roster(options.roster, form, console)
    folder = _folder(options, form, FOLDER_WITH_ROSTER)
    outputs.enter(folder)
    targets = [(folder / file_name(d.code, d.name), d) for d in roster.departments]
    kind = "filled" if given else "blank"
    outputs.claim(*((target, kind) for target, _ in targets))
    for target, department in targets:
        outputs.save(target, workbook(home, form, given, department), kind)
    console.note(MADE.format(folder=folder, count=len(roster.departments)))
    return 0


def _roster(path: Path, form: Form, console: Console) -> Roster:
    """Read a roster; say which of its columns the form has no use for, and when it lists other things than the form."""
    roster = read_roster(path)
    ignored = unused(form, roster.ignored)
    if ignored:
        console.note(NOT_USED_COLUMNS.format(columns=joined(map(same, ignored))))
    code, name = (form.field(field).roster for field in (form.code_field, form.name_field))
    if code is not None and not any(code in d.values for d in roster.departments):
        console.warn(OTHER_SUBJECT.format(columns=joined(map(same, filter(None, (code, name)))), title=form.title))
    return roster


def _samples(home: Workspace, form: Form, options: TemplateOptions) -> int:
    """Write invented fillings."""
    from xltools.jobs import sampling

    others = {"--roster": options.roster, "--values": options.values, "--previous": options.previous}
    if given := [name for name, value in others.items() if value is not None]:
        raise UsageError(sampling.ALONE.format(options=joined(map(same, given))))
    what = sampling.wanted(options.sample, options.broken, options.seed)
    outputs = Outputs(home, (options.forms_dir,), options.force)
    return sampling.write(form, what, options.output, outputs, options.console)


def _empty_roster(home: Workspace, options: TemplateOptions) -> int:
    """Write a roster to be filled in."""
    from xltools.writing.own_books import roster_book

    form = home.form(options.form) if options.form is not None else None
    target = options.output or Path(ROSTER_NAME)
    target = target / ROSTER_NAME if target.is_dir() else target
    need_ending(target, "-o", ".xlsx")
    Outputs(home, (), options.force).save(target, roster_book(form=form), "plain")
    options.console.note(WRITTEN.format(path=target))
    return 0


def _folder(options: TemplateOptions, form: Form, why: Pair) -> Path:
    """Return the folder of several workbooks; raise UsageError where -o names a workbook."""
    folder = options.output or Path(form.id)
    if folder.suffix.lower() == ".xlsx":
        raise UsageError(why.format(folder=folder))
    return folder


def from_previous(form: Form, options: TemplateOptions, previous: Path, outputs: Outputs) -> int:
    """Write this form's workbooks filled with what older ones give; with a roster, one for each of its departments."""
    console, folder = options.console, _folder(options, form, FOLDER_WITH_PREVIOUS)
    home = outputs.home
    outputs.enter(folder)
    older = Older(home, previous, console)
    if not older.books:
        raise UsageError(NOTHING_OLDER.format(path=previous))
    departments = (
        tuple(_listed(form, s) for s, _ in older.books)
        if options.roster is None
        else _roster(options.roster, form, console).departments
    )
    targets = _targets(folder, departments, previous)
    outputs.claim(*((target, "filled") for target in targets))
    for target, department in targets.items():
        file, carried = older.given_to(department, form)
        if file:
            (console.warn if carried.left else console.note)(_said(file, carried))
        else:
            console.note(NOT_FOUND.format(name=department.name, code=department.code))
        changed = told(carried.former, form) if carried.former is not None else ()
        outputs.save(target, workbook(home, form, carried.values, department, changed), "filled")
    for file in older.unused:
        console.warn(UNUSED.format(file=file))
    console.note(MADE.format(folder=folder, count=len(departments)))
    return 0


def _targets(folder: Path, departments: Sequence[Department], previous: Path) -> dict[Path, Department]:
    """Return the file of each department; raise UsageError where two would have one."""
    found: dict[Path, Department] = {}
    names: set[str] = set()
    for department in departments:
        name = file_name(department.code, department.name)
        if name.casefold() in names:
            raise UsageError(TWO_OF_ONE.format(path=previous, name=department.name))
        names.add(name.casefold())
        found[folder / name] = department
    return found


def _listed(form: Form, submission: Submission) -> Department:
    """Return whose an older workbook is, as a roster would list it."""
    code, name = submission.code, submission.department
    columns = (form.field(field).roster for field in (form.code_field, form.name_field))
    return Department(code, name, values={c: v for c, v in zip(columns, (code, name), strict=True) if c})


def _said(file: str, carried: Carried) -> Pair:
    left = LEFT.format(labels=joined(map(same, carried.left))) if carried.left else ""
    return CARRIED.format(file=file, count=carried.count, left=left)
