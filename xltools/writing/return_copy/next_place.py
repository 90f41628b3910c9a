"""From one marked place of a return copy to the next, in the order of its sheets, and from the last back to the list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from xltools.form.address import Ref, quote_sheet
from xltools.form.layout import Layout
from xltools.intake.binding.returned_sheets import BACK, LIST_SHEET, NEXT
from xltools.writing.department.builder import Mark


def linked_in_turn(marks: Sequence[Mark], layout: Layout) -> list[Mark]:
    """Return the marks with the link to the next marked row, which stands at the end of theirs."""
    order = {made.sheet.name: index for index, made in enumerate(layout.sheets)}
    first: dict[tuple[int, int], Ref] = {}
    for mark in marks:
        place = (order[mark.ref.sheet], mark.ref.row)
        if mark.test and (place not in first or mark.ref.column < first[place].column):
            first[place] = mark.ref
    turns = sorted(first)
    after = {place: first[follower] for place, follower in pairwise(turns)}
    made = []
    for mark in marks:
        follower = after.get((order[mark.ref.sheet], mark.ref.row))
        target, words = (Ref(LIST_SHEET, 1, 1), BACK) if follower is None else (follower, NEXT)
        made.append(replace(mark, link=f"internal:{quote_sheet(target.sheet)}!{target.a1}", link_words=words))
    return made
