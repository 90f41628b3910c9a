"""Edits 定义.xlsx as a coordinator does, cell by cell and by the names that stand there."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from xltools.editing.book import definition_book
from xltools.editing.draft import laid
from xltools.editing.located import read_definition
from xltools.editing.raw import raw_of
from xltools.editing.reviewed import Reviewed, reviewed
from xltools.form import form_folders


class At(NamedTuple):
    """A cell by what stands around it. Entry "" is a block's column header, "+1" its first line without an entry;
    column "" the title of the block. In a block of keys and values the key is the column."""

    sheet: str
    block: str
    column: str = ""
    entry: str = ""


@cache
def exported(form_id: str) -> bytes:
    """Return 定义.xlsx of a form on hand."""
    return definition_book(laid(raw_of(form_folders()[form_id])), "定义")


def opened(form_id: str) -> Workbook:
    """Return 定义.xlsx as somebody opens it to edit it."""
    return openpyxl.load_workbook(io.BytesIO(exported(form_id)))


def saved(book: Workbook, path: Path) -> Path:
    """Save an edited workbook."""
    book.save(path)
    return path


def look_at(path: Path) -> Reviewed:
    """Return everything that is wrong with a definition workbook."""
    return reviewed(read_definition(path))


def spot(book: Workbook, at: At) -> tuple[str, int, int]:
    """Return the sheet, row and column of a place."""
    sheet = book[at.sheet]
    rows = range(1, sheet.max_row + 1)
    top = next(row for row in rows if sheet.cell(row, 1).value == f"【{at.block}】")
    if not at.column:
        return at.sheet, top, 1
    if sheet.cell(top + 1, 1).value == "项目" and sheet.cell(top + 1, 3).value == "说明":
        return at.sheet, next(r for r in rows if r > top and sheet.cell(r, 1).value == at.column), 2
    column = next(c for c in range(1, 60) if sheet.cell(top + 1, c).value == at.column)
    return at.sheet, top + 1 if not at.entry else _line(sheet, top, at.entry), column


def _line(sheet: Worksheet, top: int, entry: str) -> int:
    row, blank = top + 2, int(entry[1:]) if entry.startswith("+") else 0
    while True:
        first, second = sheet.cell(row, 1).value, sheet.cell(row, 2).value
        if blank and first is None and second is None:
            return row + blank - 1
        if not blank and entry in (first, f"{first}.{second}"):
            return row
        row += 1
        assert row < 400, entry


def put(book: Workbook, at: At, value: Any) -> tuple[str, int, int]:
    """Type a value into a cell."""
    sheet, row, column = spot(book, at)
    book[sheet].cell(row, column).value = value
    if isinstance(value, str) and value.startswith("="):
        book[sheet].cell(row, column).data_type = "s"
    return sheet, row, column
