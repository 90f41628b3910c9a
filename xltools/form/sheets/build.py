"""Lays out all sheets of a form, in an order in which each finds what it refers to."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from xltools.form import model as m
from xltools.form.sheets.checks_sheet import checks_sheet
from xltools.form.sheets.cockpit import cockpit_sheet
from xltools.form.sheets.data_sheet import data_sheet
from xltools.form.sheets.guide_sheet import guide_sheet
from xltools.form.sheets.places import Places
from xltools.form.slots import SheetLayout


def _meta_sheet(_: Places, sheet: m.Sheet) -> SheetLayout:
    return SheetLayout(sheet, widths=[24, 60], print_columns=2)


def _first_sheet(places: Places, sheet: m.Sheet) -> SheetLayout:
    return cockpit_sheet(places, sheet) if places.form.leads else guide_sheet(places, sheet)


_ORDER: tuple[tuple[str, Callable[[Places, m.Sheet], SheetLayout]], ...] = (
    ("data", data_sheet),
    ("checks", checks_sheet),
    ("guide", _first_sheet),
    ("meta", _meta_sheet),
)


def laid_out(form: m.Form, capacities: Mapping[str, int]) -> Places:
    """Return where everything stands in a workbook of `form` whose tables have `capacities` rows."""
    places = Places(form, capacities)
    made: dict[str, SheetLayout] = {}
    for kind, build in _ORDER:
        for sheet in (s for s in form.sheets if s.kind == kind):
            laid = build(places, sheet)
            laid.last_row = laid.last_row or max((s.row for s in laid.slots), default=1)
            made[sheet.name] = laid
    places.sheets = [made[s.name] for s in form.sheets]
    return places
