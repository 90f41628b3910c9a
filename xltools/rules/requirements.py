"""What a form requires of an input, given what else is filled in."""

from __future__ import annotations

from xltools.form import model as m
from xltools.form.layout import Key
from xltools.form.states import is_required
from xltools.intake.submission import Reading, Submission


def _number(submission: Submission, name: str) -> float | None:
    reading = submission.readings.get(Key(name))
    value = None if reading is None else reading.value
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def needed(submission: Submission, item: m.Field) -> bool:
    """True when this field must be filled here."""
    return is_required(item, lambda name: _number(submission, name))


def is_nothing(reading: Reading | None) -> bool:
    """True when an input holds nothing, or only a sign for nothing."""
    return reading is None or reading.blank is not None


def applies(submission: Submission, table: m.Table, row: int, column: m.Column) -> bool:
    """True when a column counts in this row."""
    if column.applies is None:
        return True
    ruling = submission.readings.get(Key(table.name, row, column.applies.column))
    return ruling is not None and ruling.value in column.applies.values
