"""A value as its cell holds it."""

from __future__ import annotations

from datetime import date

from xltools.form import model as m

MOST_TEXT = 32_767
"""UTF-16 units that a cell holds."""


def units(text: str) -> int:
    """Return the length of a text as a cell counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def dated(item: m.Field | m.Column | None, value: m.Scalar) -> m.Scalar:
    """Return the value of a date cell as a date where it is written 2024-03-01; everything else stays as it is."""
    if item is not None and item.type == "date" and isinstance(value, str) and len(value) == 10:
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value
    return value
