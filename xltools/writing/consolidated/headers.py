"""GridColumn headers: a unit stays whole on a line, and a column is never narrower than its unit."""

from __future__ import annotations

from xltools.writing.consolidated.plan import GridColumn

WIDEST_UNIT = 16.0


def wide(text: str) -> int:
    """How many narrow characters a text takes (a Chinese character, three bytes, takes two)."""
    return len(text) + (len(text.encode("utf-8")) - len(text)) // 2


def column_width(column: GridColumn) -> float:
    """Return a column's width: its own, or what the unit in its header needs."""
    return max(column.width, _unit_width(column.title))


def header_text(column: GridColumn) -> str:
    """Return a header, its unit on a line of its own where both do not fit on one."""
    head, mark, unit = column.title.rpartition("（")
    breaks = bool(mark and head and unit.endswith("）")) and wide(column.title) > column_width(column) - 1
    return f"{head}\n（{unit}" if breaks else column.title


def header_lines(column: GridColumn) -> int:
    """Return the lines a header takes."""
    room = max(2, int(column_width(column) - 1))
    return sum(max(1, -(-wide(part) // room)) for part in header_text(column).split("\n"))


def _unit_width(title: str) -> float:
    _, mark, unit = title.rpartition("（")
    return min(WIDEST_UNIT, wide(unit) + 3.5) if mark and unit.endswith("）") else 0.0
