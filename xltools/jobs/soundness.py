"""xltools forms check: is a form sound? In words for a coordinator, from a folder, a form's id or 定义.xlsx."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from xltools.bilingual import Pair
from xltools.boundary.nearest import nearest
from xltools.boundary.walk import Fault
from xltools.editing.located import read_definition
from xltools.editing.problem import Problem
from xltools.editing.reviewed import Reviewed, at_cells, reviewed
from xltools.editing.sound import Step, steps
from xltools.errors import UsageError
from xltools.form import form_folders
from xltools.form.laws import broken
from xltools.form.loader import FILES, examined
from xltools.form.model import Form
from xltools.jobs.common import CommonOptions, workspace
from xltools.jobs.definitions import Definitions
from xltools.temporary import prefix

WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods", ".et")
HEAD = Pair("表格 {id} {title}，版本 {version}", "form {id} {title}, version {version}")
GOOD, BAD = Pair("√ {says}", "√ {says}"), Pair("× {says}；有 {count} 处不对：", "× {says}; {count} not so:")
LINE = Pair("   {line}", "   {line}")
SOUND = Pair("这套定义可以使用。", "The definition can be used.")
NOT_SOUND = Pair("共 {count} 处问题，改正后再下发。", "{count} problems; mend them before it is sent out.")
WRITTEN_AS = Pair("各项写法", "how it is written")
NOT_DONE = Pair(
    "没有检查：Excel、WPS、LibreOffice 算出的结果是否一致。", "Not checked: whether Excel, WPS and LibreOffice agree."
)
NO_FORM = Pair(
    "{path} 里没有 form.toml；应是一套定义的文件夹、表格编号或 定义.xlsx",
    "{path} has no form.toml; name the folder of a definition, a form's id or a definition workbook",
)
NO_SUCH = Pair("没有名为“{name}”的表格、文件夹或工作簿{near}", "there is no form, folder or workbook “{name}”{near}")
MARKED = Pair("逐处标明的副本：{path}", "they are marked in {path}")


def check(options: CommonOptions, what: str, output: Path | None, force: bool) -> int:
    """Look at a definition and say what is wrong with it; 1 where something is."""
    path = Path(what)
    if path.is_file() and path.suffix.lower() in WORKBOOKS:
        return _workbook(options, path, output, force)
    folder = folder_of(what, options.forms_dir)
    form, faults = examined(folder)
    if form is not None and not faults:
        faults = broken(form)
    if form is None or faults:
        return _said(options, [Step(WRITTEN_AS, list(faults))])
    print(HEAD.format(id=form.id, title=form.title, version=form.version).text(options.lang))
    return _said(options, _walk(form, folder))


def folder_of(what: str, forms_dir: Path | None) -> Path:
    """Return the folder of a definition that is named by its path or its id; raise UsageError when there is none."""
    path = Path(what)
    if path.is_dir():
        if not (path / FILES[0]).is_file():
            raise UsageError(NO_FORM.format(path=path))
        return path
    folders = form_folders(forms_dir)
    if what not in folders:
        raise UsageError(NO_SUCH.format(name=what, near=nearest(what, folders)))
    return folders[what]


def _walk(form: Form, folder: Path) -> Iterator[Step]:
    """Look at a form in a place where its folder is called as the form is."""
    if folder.name == form.id:
        yield from steps(form, workspace(folder))
        return
    with tempfile.TemporaryDirectory(prefix=prefix()) as name:
        place = Path(name) / form.id
        place.mkdir()
        for file in folder.iterdir():
            if file.is_file():
                (place / file.name).write_bytes(file.read_bytes())
        room = workspace(place)
        yield from steps(room.form(form.id), room)


def _workbook(options: CommonOptions, path: Path, output: Path | None, force: bool) -> int:
    writer = Definitions(options, force)
    outputs = writer.outputs(path)
    outputs.claim((output, "definition"))
    located = read_definition(path)
    found = reviewed(located)
    problems = list(found.problems)
    if problems:
        code = _problems(options, [(WRITTEN_AS, problems)])
    else:
        head = found.raw.toml[FILES[0]]["form"]
        print(HEAD.format(id=head["id"], title=head["title"], version=head["version"]).text(options.lang))
        told = [(step.says, list(at_cells(step.faults, found.taken))) for step in _of_workbook(found)]
        problems = [problem for _, some in told for problem in some]
        code = _problems(options, told)
    if output is not None and problems:
        writer.mark(located.draft, problems, output, outputs)
        options.console.warn(MARKED.format(path=output))
    return code


def _of_workbook(found: Reviewed) -> Iterator[Step]:
    with tempfile.TemporaryDirectory(prefix=prefix()) as name:
        folder = Path(name) / found.raw.toml[FILES[0]]["form"]["id"]
        folder.mkdir()
        for file, text in found.files.items():
            (folder / file).write_text(text, encoding="utf-8", newline="\n")
        room = workspace(folder)
        yield from steps(room.form(folder.name), room)


def _said(options: CommonOptions, done: Iterable[Step]) -> int:
    return _problems(options, ((step.says, [_without_cell(fault) for fault in step.faults]) for step in done))


def _without_cell(fault: Fault) -> Problem:
    return Problem("", 0, 0, fault.line if fault.place else fault.says)


def _problems(options: CommonOptions, told: Iterable[tuple[Pair, list[Problem]]]) -> int:
    count = 0
    for says, problems in told:
        head = BAD.format(says=says, count=len(problems)) if problems else GOOD.format(says=says)
        print(head.text(options.lang))
        for problem in problems:
            print(LINE.format(line=problem.line).text(options.lang))
        count += len(problems)
        sys.stdout.flush()
    print((NOT_SOUND.format(count=count) if count else SOUND).text(options.lang))
    options.console.note(NOT_DONE)
    return 1 if count else 0
