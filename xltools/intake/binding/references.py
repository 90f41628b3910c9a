"""Reads what a defined name points at, and says when a cell holds a label."""

from __future__ import annotations

from xltools.form.address import parse_area
from xltools.form.layout import bare_label

Area = tuple[str, int, int, int, int]
"""Sheet, first row, first column, last row, last column."""


def parse_reference(text: str) -> Area | None:
    """Return (sheet, first row, first column, last row, last column) of 'Sheet'!$A$1[:$B$2], or None."""
    sheet, separator, rest = text.rpartition("!")
    area = parse_area(rest) if separator else None
    if area is None:
        return None
    if sheet.startswith("'") and sheet.endswith("'"):
        sheet = sheet[1:-1].replace("''", "'")
    return sheet.lstrip("$"), *area


def same_label(value: object, text: object) -> bool:
    """True when a cell holds a label, spaces and the required mark aside."""
    return bare_label(value) == bare_label(text) != ""
