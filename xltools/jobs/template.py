"""xltools template: writes department workbooks, blank, from a roster, from values."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from xltools.errors import UnreadableFile, UsageError
from xltools.form.model import Form
from xltools.intake.files.discover import discover
from xltools.intake.open import load, open_book
from xltools.intake.roster import CODE, NAME, Department, read_roster
from xltools.intake.submission import Submission, jsonable
from xltools.intake.xlsx.model import Book
from xltools.jobs.common import note, workspace
from xltools.recalc.workspace import Workspace
from xltools.rules.unreadable import card_of_reason
from xltools.writing.department.carry_over import Carried, carry_over
from xltools.writing.department.inputs import defaults
from xltools.writing.department.make import file_name, workbook
from xltools.writing.files import save


def run(
    form: str,
    output: Path | None,
    roster: Path | None,
    values: Path | None,
    forms_dir: Path | None,
    quiet: bool,
    previous: Path | None = None,
    **_: Any,
) -> int:
    """Write the workbooks asked for and say where they are."""
    shop = workspace(forms_dir)
    definition = shop.form(form)
    given = read_values(values, definition.id) if values is not None else None
    if previous is not None:
        if given is not None:
            raise UsageError("--values 和 --previous 不能同时使用")
        return from_previous(shop, definition, previous, roster, output, quiet)
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


def from_previous(
    shop: Workspace, form: Form, previous: Path, roster: Path | None, output: Path | None, quiet: bool
) -> int:
    """Write this form's workbooks filled with what older ones give; with a roster, one for each of its departments."""
    folder = output or Path(form.id)
    if folder.suffix.lower() == ".xlsx":
        raise UsageError(f"用 --previous 时会生成多个文件，-o 应为文件夹，现为 {folder}")
    older = list(_older(shop, previous))
    if not older:
        raise UsageError(f"--previous {previous} 里没有能用的工作簿")
    departments = read_roster(roster).departments if roster is not None else tuple(_listed(s) for s, _ in older)
    taken: set[str] = set()
    names: set[str] = set()
    for department in departments:
        values: dict[str, Any] = {key.field: jsonable(value) for key, value in defaults(form).items()}
        match = next((o for o in older if _belongs(o[0], department)), None)
        if match is not None:
            carried = carry_over(*match, form)
            values |= carried.values
            taken.add(match[0].file)
            note(_said(match[0].file, carried), quiet and not carried.left)
        else:
            note(f"{department.name}（{department.code}）：没有找到上年的工作簿，按空白表生成", quiet)
        name = file_name(department.code, department.name)
        if name.casefold() in names:
            raise UsageError(f"{previous} 里“{department.name}”有不止一份工作簿；请只留一份")
        names.add(name.casefold())
        save(folder / name, workbook(shop, form, values, department))
    for submission, _ in older:
        if submission.file not in taken:
            note(f"{submission.file}：没有用到（名册中没有这个部门，或另有一份）")
    note(f"已在 {folder} 生成 {len(departments)} 个部门的填报表", quiet)
    return 0


def _older(shop: Workspace, previous: Path) -> Iterator[tuple[Submission, Book]]:
    """Yield the older workbooks that can be read, each with its raw cells; say which cannot."""
    files, _ = discover([previous])
    for found in files:
        try:
            yield load(found.path, found.shown, shop), open_book(found.path.read_bytes())[0]
        except (UnreadableFile, OSError) as error:
            reason = error.reason if isinstance(error, UnreadableFile) else error.strerror
            card = card_of_reason(error) if isinstance(error, UnreadableFile) else None
            note(f"{found.shown}：{card.name.zh if card is not None else reason}，没有用到")


def _belongs(submission: Submission, department: Department) -> bool:
    return submission.code == department.code or (not submission.code and submission.department == department.name)


def _listed(submission: Submission) -> Department:
    """Return an older workbook's department as a roster would list it."""
    code, name = submission.code, submission.department
    return Department(code, name, values={CODE: code, NAME: name})


def _said(file: str, carried: Carried) -> str:
    left = f"；没有带入（本表没有这一项或内容读不准）：{'、'.join(carried.left)}" if carried.left else ""
    return f"{file}：带入 {carried.count} 项{left}"


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
