"""Damages that ST013 must tell: rows or columns were inserted or deleted; the cells were found all the same."""

from __future__ import annotations

from tests.support.stage import NotHere, Result, Stage, damage, first


def _fields_sheet(s: Stage) -> tuple[str, int]:
    """Return a data sheet without tables, and the row of its second input line."""
    tables = {t.sheet for t in s.form.tables}
    for sheet in s.layout.sheets:
        rows = sorted({x.row for x in sheet.slots if x.role == "input"})
        if sheet.sheet.kind == "data" and sheet.sheet.name not in tables and len(rows) > 3:
            return sheet.sheet.name, rows[1]
    raise NotHere


@damage("ST013", "row inserted among fields")
def _(s: Stage) -> Result:
    sheet, row = _fields_sheet(s)
    return s.package().rows_moved(sheet, row, 2), ("ST013", sheet, f"A{row + 2}")


@damage("ST013", "row inserted in an open table")
def _(s: Stage) -> Result:
    table = first(t for t in s.form.tables if not t.is_fixed)
    row = s.layout.spans[table.name, table.columns[0].name].first + 2
    return s.package().rows_moved(table.sheet, row, 1), ("ST013", table.sheet, f"A{row}")


@damage("ST013", "row deleted from an open table")
def _(s: Stage) -> Result:
    """The last row: it is empty, so nothing is lost but the row."""
    table = first(t for t in s.form.tables if not t.is_fixed and len(s.values[t.name]) < t.capacity)
    last = s.layout.spans[table.name, table.columns[0].name].last
    after = [r.row for r in s.layout.cells.values() if r.sheet == table.sheet and r.row > last]
    row = min(after) - 1 if after else last
    return s.package().rows_moved(table.sheet, last, -1), ("ST013", table.sheet, f"A{row}")
