"""A value as its cell holds it."""

from __future__ import annotations

from datetime import date

from xltools.form import model as m


def dated(item: m.Field | m.Column | None, value: m.Scalar) -> m.Scalar:
    """Return the value of a date cell as a date where it is written 2024-03-01; everything else stays as it is."""
    if item is not None and item.type == "date" and isinstance(value, str) and len(value) == 10:
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value
    return value
