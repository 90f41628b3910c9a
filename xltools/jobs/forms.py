"""xltools forms: the definitions on hand; copy one, edit it as a workbook, look whether it is sound, what changed."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from xltools.bilingual import Lang, Pair
from xltools.console import aligned
from xltools.errors import DefinitionError, UsageError
from xltools.form import form_folders, open_form
from xltools.form.editions import EDITIONS, edition_folders
from xltools.jobs.common import CommonOptions, workspace
from xltools.jobs.outputs import Outputs
from xltools.recalc.workspace import TEMPLATE, stamp, template_stamp
from xltools.temporary import prefix, remove_left

HEADERS = (
    Pair("表格", "form"),
    Pair("名称", "title"),
    Pair("年度", "year"),
    Pair("版本", "version"),
    Pair("位置", "place"),
)
USAGES = {
    "copy": Pair("用法：xltools forms copy 表格编号 文件夹", "usage: xltools forms copy FORM FOLDER"),
    "export": Pair("用法：xltools forms export 表格编号 -o 定义.xlsx", "usage: xltools forms export FORM -o BOOK.xlsx"),
    "import": Pair("用法：xltools forms import 定义.xlsx -o 文件夹", "usage: xltools forms import BOOK.xlsx -o FOLDER"),
    "new": Pair("用法：xltools forms new 指标表.xlsx -o 文件夹", "usage: xltools forms new TABLE.xlsx -o FOLDER"),
    "diff": Pair("用法：xltools forms diff 原表格 现表格", "usage: xltools forms diff OLD NEW"),
    "check": Pair(
        "用法：xltools forms check 表格编号、文件夹或 定义.xlsx", "usage: xltools forms check FORM, FOLDER or BOOK.xlsx"
    ),
}
COPIED = Pair(
    "已复制到 {target}。修改后用 --forms {folder} 使用它。",
    "copied to {target}; edit it and use it with --forms {folder}",
)
WRONG = Pair("{name}：定义有误：{error}", "{name}: wrong definition: {error}")
EXISTS = Pair(
    "{target} 已经存在；请换一个文件夹，或先移走它", "{target} is there already; name another folder or move it"
)
CANNOT = Pair("写不了 {target}：{why}", "{target} cannot be written: {why}")


@dataclass(frozen=True, kw_only=True)
class FormsOptions(CommonOptions):
    """What the command was asked for."""

    action: str | None = None
    form: str | None = None
    folder: Path | None = None
    output: Path | None = None
    force: bool = False


def run(options: FormsOptions) -> int:
    """List the forms, or copy one into a folder of the bureau's own."""
    if options.action is None:
        print("\n".join(listing(options.forms_dir, options.lang)))
        return 0
    if options.action == "check" and options.form is not None:
        from xltools.jobs import soundness

        return soundness.check(options, options.form, options.output, options.force)
    if options.action == "new" and options.form is not None and options.output is not None:
        from xltools.jobs import drafting

        return drafting.draft(options, Path(options.form), options.output, options.force)
    if options.action == "diff" and options.form is not None and options.folder is not None:
        from xltools.jobs import comparing

        return comparing.diff(options, (options.form, str(options.folder)), options.output, options.force)
    given = options.folder if options.action == "copy" else options.output
    if options.form is None or given is None:
        raise UsageError(USAGES[options.action])
    if options.action == "copy":
        Outputs(workspace(options.forms_dir), (), options.force).enter(given)
        target = copy(options.form, given, options.forms_dir)
        options.console.note(COPIED.format(target=target, folder=given))
        return 0
    from xltools.jobs import definitions

    book = definitions.Definitions(options, options.force)
    return book.export(options.form, given) if options.action == "export" else book.take(Path(options.form), given)


def listing(forms_dir: Path | None, lang: Lang) -> list[str]:
    """Return the forms on hand, a line each; a wrong definition is said in its line, it does not hide the others."""
    rows: list[tuple[str, ...]] = [tuple(header.text(lang) for header in HEADERS)]
    wrong = []
    for name, place in form_folders(forms_dir).items():
        try:
            found = open_form(name, forms_dir)
        except DefinitionError as error:
            wrong.append(WRONG.format(name=name, error=error.pair).text(lang))
            continue
        rows.append((name, found.title, str(found.year), found.version, str(place)))
    return [*aligned(rows), *wrong]


def copy(form: str, folder: Path, forms_dir: Path | None) -> Path:
    """Copy all that a form needs to `folder`/`form`; a template that is not current stays behind. Return where."""
    source = open_form(form, forms_dir)
    target = folder / form
    if os.path.lexists(target):
        raise UsageError(EXISTS.format(target=target))
    half: Path | None = None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        remove_left(folder)
        half = folder / f"{prefix()}copy"
        half.mkdir()
        for path in sorted(source.folder.iterdir()):
            old = path.name == TEMPLATE and template_stamp(path) != stamp(source)
            if path.is_file() and not path.name.startswith((".", "~")) and not old:
                shutil.copyfile(path, half / path.name)
        for version, former in edition_folders(source.folder).items():
            shutil.copytree(former, half / EDITIONS / version)
        half.rename(target)
    except OSError as error:
        if half is not None:
            shutil.rmtree(half, ignore_errors=True)
        raise UsageError(CANNOT.format(target=target, why=error.strerror or error)) from None
    return target
