"""Damages that ST021 must tell: all or most formulas of a sheet, or of a table, were pasted over with their values."""

from __future__ import annotations

from tests.support.damage import Package
from tests.support.stage import Place, Result, Stage, damage, spot
from xltools.form.layout import Key
from xltools.rules.workbook.altered import FEWEST


def _pasted(s: Stage, sheets: list[str]) -> tuple[Package, list[Place]]:
    """Return the workbook with every formula of these sheets pasted as its value, and what is told of each."""
    package, told = s.package(), []
    for sheet in sheets:
        package.values_only(sheet)
        own = [r for r in s.layout.formulas if r.sheet == sheet and s.layout.by_cell[r].role != "subtitle"]
        if len(own) < FEWEST:  # a sheet of so few is told cell by cell
            told += [spot("ST002", ref) for ref in own]
        else:
            told.append(spot("ST021", min(own, key=lambda ref: (ref.row, ref.column))))
    return package, told


@damage("ST021", "every formula pasted as its value")
def _(s: Stage) -> Result:
    package, told = _pasted(s, [sheet.sheet.name for sheet in s.layout.sheets])
    return package, *told


@damage("ST021", "one sheet pasted as its values")
def _(s: Stage) -> Result:
    package, told = _pasted(s, [s.form.checks_sheet])
    return package, *told


@damage("ST021", "every formula pasted and the total raised")
def _(s: Stage) -> Result:
    package, told = _pasted(s, [sheet.sheet.name for sheet in s.layout.sheets])
    total = s.layout.cells[Key(s.form.score_field)]
    value = s.results[total]
    assert isinstance(value, int | float)
    return package.number(total, value + 1.5), *told, spot("ST001", total)
