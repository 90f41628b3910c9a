"""How a sheet whose first page leads stands on paper and on a screen: which rows are shown, scale, breaks before its parts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from xlsxwriter.worksheet import Worksheet

from xltools.form import model as m
from xltools.form.layout import Key, Layout, SheetLayout, Slot, text_height
from xltools.writing import styles

SHOWN = 8
"""Rows of an open table that are shown however few are filled in."""
SPARE = 2
"""Rows that stay free below the last filled one."""
TALLEST = 405.0
"""Points of the highest row that is written (Excel's own limit is 409)."""
_SIZES = (10, 9, 8, 7)
"""Font sizes of a long text: the first in which all of it shows."""
_POINTS = 5.25
"""Points of one character of a column's width."""
_PAPER = {"A4": (9, 595.0, 842.0), "A3": (8, 842.0, 1191.0)}
_SIDE, _TOP, _FOOT = 0.4, 0.5, 0.6
"""Margins in inches."""
_ROW, _NEARLY = 17.0, 1.3


def wraps(slot: Slot) -> bool:
    """True for a cell whose text decides how high its row is: merged cells never do."""
    return slot.merge_to <= slot.column and (slot.role == "label" or bool(styles.ROLES[slot.role].get("text_wrap")))


def font_size(text: str, width: float) -> int:
    """Return the largest size in which a text shows in a cell of that width."""
    for size in _SIZES:
        if _height(text, width, size) <= TALLEST:
            return size
    return _SIZES[-1]


def _height(text: str, width: float, size: float = 10) -> float:
    line = size * 1.5
    return sum(text_height(part, (width + 1) * 10 / size, line) - 4 for part in text.split("\n")) + 4


def estimated(made: SheetLayout, texts: Iterable[tuple[Slot, str]], fixed: Mapping[int, float]) -> dict[int, float]:
    """Return how high each row will be: as it was set, else as its texts need."""
    found = dict.fromkeys(range(1, made.last_row + 1), _ROW) | dict(fixed)
    for slot, text in texts:
        if slot.row not in fixed:
            width = made.widths[slot.column - 1] - slot.indent
            size = styles.ROLES[slot.role].get("font_size", styles.SIZE)
            if slot.key is not None:
                size = font_size(text, width)
            found[slot.row] = min(409.0, max(found[slot.row], _height(text, width, size)))
    return found


def shown_rows(made: SheetLayout, values: Mapping[Key, m.Scalar], layout: Layout) -> int:
    """Return how many rows of the sheet's open tables are shown: what is filled in and a few more."""
    tables = {t.name for t in layout.form.tables if t.sheet == made.sheet.name and not t.is_fixed}
    used = [k.row + 1 for k, v in values.items() if k.field in tables and k.row >= 0 and v not in (None, "")]
    return max(SHOWN, max(used, default=0) + SPARE)


def put_rows_away(sheet: Worksheet, made: SheetLayout, shown: int) -> set[int]:
    """Filter away the rows beyond `shown` of each table; return them. One arrow brings them back."""
    if not made.rows:
        return set()
    header, last = made.rows[0][0], made.rows[-1][1]
    column = made.first_column
    hidden = {row for head, end in made.rows for row in range(head + shown + 1, end + 1)}
    if not hidden:
        return set()
    texts = [s.text for s in made.slots if s.column == column and header < s.row <= last and s.row not in hidden]
    kept = list(dict.fromkeys(_written(text) for text in texts if text not in (None, "")))
    sheet.autofilter(header - 1, column - 1, last - 1, column - 1)
    sheet.filter_column_list(column - 1, [*kept, "blanks"])
    return hidden


def _written(value: m.Scalar) -> str:
    return f"{value:g}" if isinstance(value, int | float) else str(value)


def print_page(sheet: Worksheet, made: SheetLayout, heights: Mapping[int, float], hidden: set[int]) -> None:
    """Set paper, scale and the breaks before parts that do not fit on what is left of a page."""
    number, short, long = _PAPER[made.sheet.paper]
    across, down = (long, short) if made.sheet.landscape else (short, long)
    sheet.set_paper(number)
    if made.sheet.landscape:
        sheet.set_landscape()
    sheet.set_margins(left=_SIDE, right=_SIDE, top=_TOP, bottom=_FOOT)
    seen = [w for c, w in enumerate(made.widths[: made.print_columns], 1) if c not in made.hidden_columns]
    width = sum(w * _POINTS + 3.75 for w in seen)
    scale = min(1.0, (across - 2 * _SIDE * 72) / width)
    tall = (down - (_TOP + _FOOT) * 72) / scale
    whole = sum(h for row, h in heights.items() if row not in hidden)
    nearly = tall < whole <= _NEARLY * tall  # a few lines more than a page: a little smaller, and one page
    sheet.fit_to_pages(1, 1 if nearly else 0)
    if whole > tall and not nearly:
        sheet.set_h_pagebreaks(_breaks(made, heights, hidden, tall))


def _breaks(made: SheetLayout, heights: Mapping[int, float], hidden: set[int], tall: float) -> list[int]:
    """Return the rows after which a page ends: above a part that would not fit on what is left of the page."""
    starts = sorted(s.row for s in made.slots if s.role == "heading")
    if not starts:
        return []
    repeated = sum(heights[row] for row in range(made.header_rows[0], made.header_rows[1] + 1) if row in heights)
    ends = [*(row - 1 for row in starts[1:]), made.last_row]

    def size(first: int, last: int) -> float:
        return sum(heights.get(row, 0.0) for row in range(first, last + 1) if row not in hidden)

    breaks, used, full = [], size(1, starts[0] - 1), False
    for first, last in zip(starts, ends, strict=True):
        own = size(first, last)
        if full or (used > repeated and own > tall - used):
            breaks.append(first - 1)
            used = repeated
        used += own
        full = used > tall  # how a part goes on over pages depends on the printer: the next one begins anew
    return [row for row in breaks if row > 0]


def protection() -> dict[str, Any]:
    """Return what stays allowed on a protected sheet."""
    return {
        "format_columns": True,
        "format_rows": True,
        "select_locked_cells": True,
        "select_unlocked_cells": True,
        "autofilter": True,
        "sort": False,
    }
