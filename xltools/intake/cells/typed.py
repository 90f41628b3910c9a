"""Turns what stands in a cell into the typed value its field asks for, or says why it cannot be one."""

from __future__ import annotations

import unicodedata

from xltools.form import model as m
from xltools.form.address import Ref
from xltools.form.layout import Key
from xltools.intake.cells.moments import as_moment
from xltools.intake.cells.written import plain_text, read_date, read_number
from xltools.intake.submission import Reading
from xltools.intake.xlsx.model import Cell

_BEYOND = 1e15
_ALIASES = {">=": "≥", "=>": "≥", "<=": "≤", "=<": "≤", "==": "="}
SAME_CHOICE = {"=": "等于", "等于": "="}
"""Choices that say the same: what a list called by a sign once, and does no more, for a sign begins a formula."""
_NUMBER_UNITS = {"year": "年"}
_PERCENT_UNITS = frozenset({"%", "百分比", "百分数", "百分率", "百分之"})


def is_percent_format(code: str) -> bool:
    """True when a number format shows percent."""
    return "%" in code


def is_date_format(code: str) -> bool:
    """True when a number format shows a date."""
    plain = code.lower().replace("general", "").split(";")[0]
    return any(ch in plain for ch in ("y", "d", "年", "月")) and "#" not in plain


def read_cell(
    key: Key,
    item: m.Field | m.Column,
    ref: Ref,
    cell: Cell,
    number_format: str,
    date1904: bool,
    applies: bool = True,
    row_unit: str | None = None,
) -> Reading | None:
    """Return the reading of one input cell, or None when it is empty.

    `applies` False: a numeric column in a row where any text may stand (the target of a qualitative indicator).
    `row_unit`: the unit that the row says for its numbers, "" where it says none, None where rows say no units.
    """
    raw = cell.value
    formula = cell.formula
    if raw is None or raw == "":
        if formula is None:
            return None
        return Reading(key, item, ref, None, None, problem="no_value", formula=formula)
    if cell.kind == "e":
        return Reading(key, item, ref, raw, None, problem="error_value", formula=formula)
    kind = item.type
    if item.numeric and applies:
        if kind == "date":
            reading = _date(key, item, ref, raw, number_format, date1904)
        else:
            unit = _NUMBER_UNITS.get(kind, item.unit) if row_unit is None else _unit_of(row_unit, raw, number_format)
            reading = _number(key, item, ref, raw, number_format, date1904, unit)
            reading.unit = "" if row_unit is None else unit
    elif item.choices and applies:
        reading = _choice(key, item, ref, raw)
    else:
        reading = _text(key, item, ref, raw)
    reading.formula = formula
    return reading


def _number(
    key: Key,
    item: m.Field | m.Column,
    ref: Ref,
    raw: str | int | float | bool,
    number_format: str,
    date1904: bool,
    unit: str,
) -> Reading:
    percent = unit == "%" and is_percent_format(number_format)
    if isinstance(raw, int | float) and not isinstance(raw, bool) and not percent:
        if shown := as_moment(raw, number_format, date1904):
            return Reading(key, item, ref, raw, None, problem="unreadable", shown=shown)
        if not is_beyond(raw):
            return Reading(key, item, ref, raw, raw)
        return Reading(key, item, ref, plain_text(raw), None, problem="unreadable")
    if isinstance(item, m.Field) and isinstance(raw, str) and raw.strip() in item.nothing:
        return Reading(key, item, ref, raw, None, blank="dash")
    written = read_number(raw, unit, percent)
    if written.blank is not None:
        return Reading(key, item, ref, raw, None, blank=written.blank.value)
    if written.value is None or is_beyond(written.value):
        text = raw if isinstance(raw, str) else plain_text(raw)
        return Reading(key, item, ref, text, None, problem="unreadable")
    return Reading(key, item, ref, raw, written.value, written.habits)


def _unit_of(row_unit: str, raw: object, number_format: str) -> str:
    """Return % for a number in a row of percentages, also where only the number itself says so; "" for others."""
    said = unicodedata.normalize("NFKC", row_unit).strip()
    own = is_percent_format(number_format) if not isinstance(raw, str) else "%" in unicodedata.normalize("NFKC", raw)
    return "%" if said in _PERCENT_UNITS or (not said and own) else ""


def is_beyond(raw: object) -> bool:
    """True for a number no form means: a spreadsheet keeps fifteen digits, and sums of larger ones are no numbers."""
    try:
        return not abs(float(raw)) < _BEYOND if isinstance(raw, str | int | float) else False
    except (ValueError, OverflowError):
        return isinstance(raw, int)


def _date(
    key: Key, item: m.Field | m.Column, ref: Ref, raw: str | int | float | bool, number_format: str, date1904: bool
) -> Reading:
    value, habits = read_date(raw, date1904, is_date_format(number_format))
    if value is None:
        written = read_number(raw)
        if written.blank is not None:
            return Reading(key, item, ref, raw, None, blank=written.blank.value)
        return Reading(key, item, ref, raw, None, problem="unreadable")
    return Reading(key, item, ref, raw, value, habits)


def in_list(item: m.Field | m.Column, text: str) -> str:
    """Return the choice of a list that says what another list called by another word; any other text as it is."""
    other = SAME_CHOICE.get(text, text)
    return other if text not in item.choices and other in item.choices else text


def _choice(key: Key, item: m.Field | m.Column, ref: Ref, raw: str | int | float | bool) -> Reading:
    text = in_list(item, plain_text(raw))
    if text in item.choices:
        return Reading(key, item, ref, raw, text)
    folded = unicodedata.normalize("NFKC", text).strip()
    folded = _ALIASES.get(folded, folded)
    if not folded:
        return Reading(key, item, ref, raw, None, blank="spaces")
    folded = in_list(item, folded)
    if folded in item.choices:
        return Reading(key, item, ref, raw, folded, ("spaces",))
    return Reading(key, item, ref, raw, None, problem="not_in_list")


def _text(key: Key, item: m.Field | m.Column, ref: Ref, raw: str | int | float | bool) -> Reading:
    if item.numeric and isinstance(raw, int | float):
        return Reading(key, item, ref, raw, raw)  # a number where, in this row, a text could stand too
    text = raw if isinstance(raw, str) else plain_text(raw)
    if not text.strip():
        return Reading(key, item, ref, raw, None, blank="spaces")
    return Reading(key, item, ref, raw, text)
