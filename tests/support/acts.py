"""What damages do to a cell, and the cells they look for by what they are to the form."""

from __future__ import annotations

from typing import Any

from tests.support.stage import NotHere, Result, Stage, damage, first, spot
from xltools.form import model as m
from xltools.form.address import Ref
from xltools.form.layout import Key
from xltools.intake.xlsx.book import read_book
from xltools.rules.diagnosis.equations import equations


def set_field(stage: Stage, name: str, value: object, code: str) -> Result:
    """Give a field a value; return what must be found at its cell."""
    stage.values[name] = value
    return None, spot(code, stage.at(name))


def set_cell(found: tuple[Key, Ref, dict[str, Any]], value: object, code: str) -> Result:
    """Give a table cell a value; return what must be found there."""
    key, ref, row = found
    row[key.column] = value
    return None, spot(code, ref)


def alone(stage: Stage, kind: str) -> m.Field:
    """Return an optional input that nothing else depends on."""
    linked = {n for e in equations(stage.form) for n in e.fields}
    linked |= {n for f in stage.form.fields for n in (*f.required_with, *f.required_unless)}
    found: m.Field = first(f for f in stage.fields(kind, required=False, filled=False) if f.name not in linked)
    return found


def reason_of(s: Stage, key: Key, row: dict[str, Any]) -> object:
    """Return the reason that a row of a table gives, if any."""
    return row.get(s.form.table(key.field).reason_column or "")


def given(s: Stage, names: tuple[str, ...]) -> bool:
    """True when one of these fields holds a number."""
    return any(isinstance(s.values.get(n), int | float) for n in names)


def formula_cell(s: Stage, kind: str) -> Ref:
    """Return a formula cell of a kind that shows something."""
    layout = s.layout
    if kind == "score field":
        return s.computed_field()
    if kind == "grade":
        return s.computed_field("text")
    if kind == "open row":
        return s.computed_cell()
    if kind == "fixed row":
        return s.computed_cell(open_=False)
    if kind == "beside":
        return first(r for r in layout.beside.values() if s.shows(r))
    if kind == "state of a field":
        return first(r for r in layout.state_cells if s.shows(r))
    if kind == "state of a rule":
        return Ref(s.form.checks_sheet, 5, 8)
    if kind == "master":
        return layout.master
    raise AssertionError(kind)


def locked_cell(s: Stage, weight: str) -> Ref:
    """Return a locked cell without a formula, by what it is to the form."""
    form, layout = s.form, s.layout
    for sheet in layout.sheets:
        for slot in sheet.slots:
            key, table = slot.key, None
            if key is not None and key.row >= 0:
                table = form.table(key.field)
            numeric = slot.item is not None and slot.item.numeric
            kinds = {
                "weight": slot.role == "fixed"
                and table is not None
                and key is not None
                and key.column == table.weight_column,
                "constant": slot.role == "constant" and numeric,
                "name": slot.role == "fixed"
                and table is not None
                and key is not None
                and key.column == table.title_column,
                "unit": slot.role == "unit" and sheet.sheet.kind == "data" and slot.text not in (None, "", "—"),
                "label": slot.role == "label" and sheet.sheet.kind == "data" and slot.text is not None,
                "help": slot.role == "hint" and sheet.sheet.kind == "data" and bool(slot.text),
                "rule text": slot.role == "hint" and sheet.sheet.kind == "checks" and bool(slot.text),
            }
            if kinds[weight]:
                return Ref(sheet.sheet.name, slot.row, slot.column)
    raise NotHere


def meta_cell(s: Stage, key: str, data: bytes | None = None) -> Ref:
    """Return where _meta holds the value of a key."""
    sheets = read_book(s.package().data() if data is None else data).sheets
    meta = next(x for x in sheets if x.name == s.form.meta_sheet)
    return Ref(meta.name, next(place[0] for place, cell in meta.cells.items() if cell.value == key), 2)


def sheets_of(s: Stage, kind: str) -> list[str]:
    """Return the names of the sheets of a kind (data, checks, guide)."""
    return [x.name for x in s.form.sheets if x.kind == kind]


FORMULA_KINDS = (
    "score field",
    "grade",
    "open row",
    "fixed row",
    "beside",
    "state of a field",
    "state of a rule",
    "master",
)
"""What `formula_cell` finds."""


def relocked(kind: str, code: str) -> None:
    """Register two damages to a locked cell: its text or number changed (`code`), and only re-saved (nothing)."""

    @damage(code, f"{kind} changed")
    def apply(s: Stage) -> Result:
        ref = locked_cell(s, kind)
        slot = s.layout.by_cell[ref]
        if isinstance(slot.text, int | float):
            return s.package().number(ref, slot.text + 3), spot(code, ref)
        return s.package().text(ref, f"{slot.text}甲"), spot(code, ref)

    @damage(code, f"{kind} re-saved")
    def harmless(s: Stage) -> Result:
        ref = locked_cell(s, kind)
        slot = s.layout.by_cell[ref]
        if isinstance(slot.text, int | float):
            return (s.package().number(ref, float(slot.text)),)
        return (s.package().text(ref, f" {slot.text}\n"),)


def rates_row(s: Stage) -> tuple[Key, Ref, dict[str, Any]]:
    """Return the actual of a row that asks for at least 90 %, its unit said, its target reached."""
    for measured in s.form.indicators:
        table = s.form.table(measured.table)
        for index, row in s.rows(table):
            if isinstance(row.get(measured.target), int | float) and row.get(measured.direction) == "≥":
                row |= {
                    measured.unit: "%",
                    measured.target: 90,
                    measured.actual: 95.5,
                    table.title_column or "": "调查结果",
                }
                row.pop(table.reason_column or "", None)
                key = Key(measured.table, index, measured.actual)
                return key, s.layout.cells[key], row
    raise NotHere


def titled(s: Stage, found: tuple[Key, Ref, dict[str, Any]], title: str) -> tuple[Key, Ref, dict[str, Any]]:
    """Give the row another name."""
    key, _, row = found
    row[s.form.table(key.field).title_column or ""] = title
    return found
