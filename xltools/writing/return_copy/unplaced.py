"""What a sender typed that has no place in the form, for the sheet 未识别内容: nothing that was sent is lost."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from xltools.form import model as m
from xltools.form.address import a1
from xltools.intake.cells.written import plain_text
from xltools.intake.files.names import name_of
from xltools.intake.submission import Kept, Submission
from xltools.intake.xlsx.model import Cell

MOST = 5_000
"""Lines at most: a sheet of a hundred thousand cells that someone pasted in is named, not copied."""
OUTSIDE, ADDED, EARLIER = "不在表格的填报位置上", "在增加的工作表里", "以前的退回件已列出"
BUREAUS = "由财政部门填写的栏，部门不填"


def is_bureaus(item: m.Field | m.Column | None) -> bool:
    """True for a column that the bureau fills: a return copy leaves it empty, for the department cannot unlock it."""
    return isinstance(item, m.Column) and item.bureau


def aside_lines(submission: Submission, left: Iterable[Kept] = ()) -> list[Kept]:
    """Return every content without a place, in the order of the sender's sheets, and what the newest edition has no
    place for (`left`); the last line says what is left out."""
    found = [
        *left,
        *(
            Kept(ref.sheet, a1(ref.row, ref.column), plain_text(value), OUTSIDE)
            for ref, value in submission.structure.outside
        ),
    ]
    found += submission.beside
    found += [
        Kept(r.ref.sheet, r.ref.a1, plain_text(r.value if isinstance(r.value, date) else r.raw), BUREAUS)
        for r in submission.readings.values()
        if is_bureaus(r.item)
    ]
    for sheet in submission.added_sheets:
        for row, column in sorted(sheet.cells):
            content = _content(sheet.cells[row, column])
            if content.strip():
                found.append(Kept(sheet.name, a1(row, column), content, ADDED))
    found += [Kept(k.sheet, k.cell, k.content, EARLIER) for k in submission.kept]
    if len(found) > MOST:
        rest = len(found) - MOST
        return [*found[:MOST], Kept("", "", f"另有 {rest:,} 个单元格，见报来的原件“{name_of(submission.file)}”", "")]
    return found


def _content(cell: Cell) -> str:
    """Return what a cell of a foreign sheet holds: its value, and its formula as text."""
    value = "" if cell.value is None else plain_text(cell.value)
    return f"{value}（公式 ={cell.formula}）" if cell.formula else value
