"""What a sender wrote where the form has words of its own, and comments: kept word for word, for nothing is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xltools.form.address import Ref
from xltools.intake.binding.returned_sheets import LIST_SHEET, list_texts
from xltools.intake.binding.state import Binding
from xltools.intake.cells.written import plain_text
from xltools.intake.submission import Kept
from xltools.intake.xlsx.model import Sheet

COMMENT, WORDS, SIGNED = "批注", "表格原有的文字被改写", "写在签字行等处"
_OUR_MARK = re.compile(r"（[A-Z]{2}\d{3}，问题清单第 \d+ 项）$")
_OUR_CAUSE = "可能的原因："


def beside_of(b: Binding) -> list[Kept]:
    """Return the comments of every sheet, the rewritten texts and what staff completed, in the order of the sheets."""
    found = [Kept(there.sheet, there.a1, plain_text(value), WORDS) for _, there, value in b.structure.altered_texts]
    found += [Kept(ref.sheet, ref.a1, plain_text(value), SIGNED) for ref, value in _completed(b)]
    ours = _our_texts(b)
    for sheet in b.book.sheets:
        found += [Kept(sheet.name, cell, text, COMMENT) for cell, text in _comments(sheet, ours)]
    return [kept for kept in found if kept.content.strip()]


def _completed(b: Binding) -> Iterator[tuple[Ref, object]]:
    """Yield the cells whose words staff complete, or that no rule speaks of, where they say something else now."""
    for name, texts in b.layout.completed_texts.items():
        shift = b.maps.get(name)
        if shift is None:
            continue
        for row, column, text in texts:
            place = (row, column) if b.intact else shift.place(row, column)
            cell = shift.sheet.cells.get(place)
            if cell is not None and cell.value not in (None, text) and cell.formula is None:
                yield Ref(shift.sheet.name, *place), cell.value


def _our_texts(b: Binding) -> frozenset[str]:
    """Return the lines that our own marks hold in their comments, when this is a return copy."""
    page = b.sheets.get(LIST_SHEET)
    return (
        frozenset()
        if page is None
        else frozenset(line.strip() for text in list_texts(page) for line in text.split("\n"))
    )


def _comments(sheet: Sheet, ours: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Yield the comments of a sheet without the lines that a return copy wrote into them."""
    for cell, text in sheet.comments:
        if not ours:
            yield cell, text
            continue
        lines = (line for line in text.split("\n") if not _OUR_MARK.search(line.strip()))
        kept = [line for line in lines if line.strip().removeprefix(_OUR_CAUSE) not in ours]
        yield cell, "\n".join(kept)
