"""xltools forms: the definitions on hand; copy one to edit it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from xltools.console import aligned
from xltools.errors import DefinitionError, UsageError
from xltools.form import form_folders, open_form
from xltools.jobs.common import note
from xltools.recalc.workspace import TEMPLATE, stamp, template_stamp

HEADERS = {
    "zh": ("表格", "名称", "年度", "版本", "位置"),
    "en": ("form", "title", "year", "version", "place"),
}


def run(
    action: str | None, form: str | None, folder: Path | None, forms_dir: Path | None, lang: str, quiet: bool, **_: Any
) -> int:
    """List the forms, or copy one into a folder of the bureau's own."""
    if action is None:
        print("\n".join(listing(forms_dir, lang)))
        return 0
    if form is None or folder is None:
        raise UsageError("用法：xltools forms copy 表格编号 文件夹")
    target = copy(form, folder, forms_dir)
    note(
        f"已复制到 {target}。修改后用 --forms {folder} 使用它。"
        if lang == "zh"
        else f"copied to {target}; edit it and use it with --forms {folder}",
        quiet,
    )
    return 0


def listing(forms_dir: Path | None, lang: str) -> list[str]:
    """Return the forms on hand, a line each; a wrong definition is said in its line, it does not hide the others."""
    rows: list[tuple[str, ...]] = [HEADERS[lang]]
    wrong = []
    for name, place in form_folders(forms_dir).items():
        try:
            found = open_form(name, forms_dir)
        except DefinitionError as error:
            wrong.append(f"{name}：定义有误：{error}" if lang == "zh" else f"{name}: wrong definition: {error}")
            continue
        rows.append((name, found.title, str(found.year), found.version, str(place)))
    return [*aligned(rows), *wrong]


def copy(form: str, folder: Path, forms_dir: Path | None) -> Path:
    """Copy all that a form needs to `folder`/`form`; a template that is not current stays behind. Return where."""
    source = open_form(form, forms_dir)
    target = folder / form
    if target.exists():
        raise UsageError(f"{target} 已经存在；请换一个文件夹，或先移走它")
    try:
        target.mkdir(parents=True)
        for path in sorted(source.folder.iterdir()):
            old = path.name == TEMPLATE and template_stamp(path) != stamp(source)
            if path.is_file() and not path.name.startswith((".", "~")) and not old:
                shutil.copyfile(path, target / path.name)
    except OSError as error:
        raise UsageError(f"写不了 {target}：{error.strerror or error}") from None
    return target
