"""What staff wrote where the form has no input is kept word for word in a return copy, with its place."""

from __future__ import annotations

import io

import openpyxl
import pytest
from openpyxl.comments import Comment

from tests.support.forms import FORM_IDS, built, checked, form, room, wording
from xltools.form.layout import Layout
from xltools.form.slots import Slot
from xltools.intake.binding.returned_sheets import ASIDE_SHEET, CONTENT, HOME
from xltools.intake.open import load_bytes
from xltools.writing.return_copy.book import return_copy


def _cell(layout: Layout, role: str, *, text: bool = True) -> tuple[str, Slot]:
    """Return the sheet and slot of the first cell of a role on a data sheet, with a text of its own or without."""
    for made in layout.sheets:
        for slot in made.slots:
            if made.sheet.kind == "data" and slot.role == role and bool(slot.text) == text and slot.column > 0:
                return made.sheet.name, slot
    raise LookupError(role)


def _aside(data: bytes) -> set[tuple[str, str, str]]:
    page = openpyxl.load_workbook(io.BytesIO(data))[ASIDE_SHEET]
    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    head = next(number for number, row in enumerate(rows) if HOME in row and CONTENT in row)
    return {(str(row[1]), str(row[2]), str(row[3])) for row in rows[head + 1 :] if row[1]}


def _returned(data: bytes) -> bytes:
    return return_copy(room(), load_bytes(data, "一份.xlsx", room()), checked(data), wording())


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_every_word_beside_the_inputs_is_kept(form_id: str) -> None:
    layout = room().layout(form(form_id))
    book = openpyxl.load_workbook(io.BytesIO(built(form_id)))
    written: set[tuple[str, str, str]] = set()
    places = [
        _cell(layout, "label"),
        _cell(layout, "hint"),
        _cell(layout, "hint", text=False),
    ]
    for number, (sheet, slot) in enumerate(places):
        cell = book[sheet].cell(slot.row, slot.column)
        cell.value = f"经办人写的第{number}句"
        written.add((sheet, cell.coordinate, cell.value))
    sheet, slot = _cell(layout, "input", text=False)
    cell = book[sheet].cell(slot.row, slot.column)
    cell.comment = Comment("与国库对账后的数", "部门")
    written.add((sheet, cell.coordinate, "与国库对账后的数"))
    buffer = io.BytesIO()
    book.save(buffer)
    copy = _returned(buffer.getvalue())
    assert written <= _aside(copy)
    again = openpyxl.load_workbook(io.BytesIO(copy))
    again[sheet].cell(slot.row, slot.column).comment = Comment("第二轮的批注", "部门")
    buffer = io.BytesIO()
    again.save(buffer)
    kept = _aside(_returned(buffer.getvalue()))
    assert written | {(sheet, cell.coordinate, "第二轮的批注")} <= kept
    assert not any("问题清单第" in content for _, _, content in kept)


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_an_untouched_workbook_has_nothing_to_keep(form_id: str) -> None:
    data = built(form_id)
    assert load_bytes(data, "一份.xlsx", room()).beside == []
    copy = _returned(data)
    assert load_bytes(copy, "退回.xlsx", room()).beside == []
