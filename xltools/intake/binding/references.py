"""Reads what a defined name points at, and says when a cell holds a label."""

from __future__ import annotations

from xltools.form.address import parse_a1
from xltools.form.layout import bare_label

Area = tuple[str, int, int, int, int]
"""Sheet, first row, first column, last row, last column."""


def parse_reference(text: str) -> Area | None:
    """Return (sheet, first row, first column, last row, last column) of 'Sheet'!$A$1[:$B$2], or None."""
    sheet, separator, area = text.rpartition("!")
    if not separator:
        return None
    if sheet.startswith("'") and sheet.endswith("'"):
        sheet = sheet[1:-1].replace("''", "'")
    first, _, last = area.partition(":")
    start, end = parse_a1(first), parse_a1(last or first)
    if start is None or end is None:
        return None
    return sheet.lstrip("$"), *start, *end


def same_label(value: object, text: object) -> bool:
    """True when a cell holds a label, spaces and the required mark aside."""
    return bare_label(value) == bare_label(text) != ""
