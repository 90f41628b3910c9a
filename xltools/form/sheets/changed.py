"""What is new against last year's form, under the first sheet: written where last year's workbook is at hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from xltools.form.slots import SheetLayout, Slot, text_height

HEADING = "与上年（上一版）表格相比"


def with_changes(made: SheetLayout, lines: Sequence[str]) -> SheetLayout:
    """Return the first sheet with these lines below everything else."""
    row, last = made.last_row + 2, made.print_columns
    slots = [*made.slots, Slot(row, 1, "heading", text=HEADING, merge_to=last)]
    heights = dict(made.heights)
    for number, words in enumerate(lines, start=1):
        row += 1
        slots += [Slot(row, 1, "unit", text=number), Slot(row, 2, "step", text=words, merge_to=last)]
        heights[row] = text_height(words, sum(made.widths[1:last]))
    return replace(made, slots=slots, heights=heights, last_row=row)
