"""Damages that ST026 must tell: filled rows and columns were hidden; an empty row that was hidden is nothing."""

from __future__ import annotations

from tests.support.stage import Result, Stage, damage, first, spot
from xltools.form.address import Ref
from xltools.form.layout import Key


def _first_in_row(s: Stage, ref: Ref) -> Ref:
    """Return the first cell of a row that holds something: an input or a result that shows."""
    filled = {r for k, r in s.layout.cells.items() if r.sheet == ref.sheet and r.row == ref.row and _holds(s, k, r)}
    return min(filled, key=lambda r: r.column)


def _holds(s: Stage, key: Key, ref: Ref) -> bool:
    if key.row < 0:
        return s.values.get(key.field) not in (None, "") or _figure(s, ref)
    rows = dict(s.rows(s.form.table(key.field)))
    return rows.get(key.row, {}).get(key.column) not in (None, "") or _figure(s, ref)


def _figure(s: Stage, ref: Ref) -> bool:
    return s.shows(ref) and ref in s.layout.computed


@damage("ST026", "row of a field hidden")
def _(s: Stage) -> Result:
    ref = s.at(s.field("amount").name)
    return s.package().row_hidden(ref), spot("ST026", _first_in_row(s, ref))


@damage("ST026", "column of a table hidden")
def _(s: Stage) -> Result:
    _, ref, _ = s.cell("text", open_=True)
    return s.package().column_hidden(ref), spot("ST026", ref)


@damage("ST026", "row that holds nothing hidden")
def _(s: Stage) -> Result:
    table = first(t for t in s.form.tables if not t.is_fixed and len(s.values.get(t.name) or []) < t.capacity)
    span = s.layout.spans[table.name, table.columns[0].name]
    return (s.package().row_hidden(Ref(span.sheet, span.last, span.column)),)
