"""xltools forms: the definitions on hand; copy one to edit it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from xltools.errors import DefinitionError, UsageError
from xltools.form import form_folders, open_form
from xltools.form.loader import BASE_CASE, FILES
from xltools.jobs.common import note


def run(
    action: str | None, form: str | None, folder: Path | None, forms_dir: Path | None, quiet: bool, **_: Any
) -> int:
    """List the forms, or copy one into a folder of the bureau's own."""
    if action is None:
        for name, place in form_folders(forms_dir).items():
            try:
                found = open_form(name, forms_dir)
                print(f"{name}\t{found.title}\t{found.year} 年度\t版本 {found.version}\t{place}")
            except DefinitionError as error:
                print(f"{name}\t定义有误：{error}")
        return 0
    if form is None or folder is None:
        raise UsageError("用法：xltools forms copy 表格编号 文件夹")
    source = open_form(form, forms_dir).folder
    target = folder / form
    if target.exists():
        raise UsageError(f"{target} 已经存在；请换一个文件夹，或先移走它")
    target.mkdir(parents=True)
    for name in (*FILES, BASE_CASE):
        if (source / name).is_file():
            shutil.copyfile(source / name, target / name)
    note(f"已复制到 {target}。修改后用 --forms {folder} 使用它。", quiet)
    return 0
