"""xltools template: writes department workbooks, blank, from a roster, from values."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from xltools.errors import UsageError
from xltools.intake.roster import read_roster
from xltools.jobs.common import note, workspace
from xltools.writing.files import save
from xltools.writing.templates import file_name, workbook


def run(
    form: str,
    output: Path | None,
    roster: Path | None,
    values: Path | None,
    forms_dir: Path | None,
    quiet: bool,
    **_: Any,
) -> int:
    """Write the workbooks asked for and say where they are."""
    shop = workspace(forms_dir)
    definition = shop.form(form)
    given = read_values(values, definition.id) if values is not None else None
    if roster is None:
        target = output or Path(f"{definition.id}.xlsx")
        if target.is_dir():
            target = target / f"{definition.id}.xlsx"
        save(target, workbook(shop, definition, given))
        note(f"已生成 {target}", quiet)
        return 0
    book = read_roster(roster)
    if book.ignored:
        note(f"名册中没有用到的列：{'、'.join(book.ignored)}", quiet)
    folder = output or Path(definition.id)
    if folder.suffix.lower() == ".xlsx":
        raise UsageError(f"用名册时会生成多个文件，-o 应为文件夹，现为 {folder}")
    for department in book.departments:
        save(folder / file_name(department.code, department.name), workbook(shop, definition, given, department))
    note(f"已在 {folder} 生成 {len(book.departments)} 个部门的填报表", quiet)
    return 0


def read_values(path: Path, form_id: str) -> dict[str, Any]:
    """Read the values of a JSON file: what `read` gives, or its `values` object alone."""
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise UsageError(f"没有这个文件：{path}") from None
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise UsageError(f"{path} 不是 UTF-8 的 JSON：{error}") from None
    if not isinstance(data, dict):
        raise UsageError(f"{path} 应为 JSON 对象：字段 → 值")
    if isinstance(data.get("values"), dict):
        if data.get("form", form_id) != form_id:
            raise UsageError(f"{path} 是表格 {data['form']} 的值，不是 {form_id} 的")
        return dict(data["values"])
    return data
