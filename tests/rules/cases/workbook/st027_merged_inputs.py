"""Damages that ST027 must tell: inputs were merged with others or with their labels."""

from __future__ import annotations

from tests.support.damage import below
from tests.support.stage import NotHere, Result, Stage, damage, first, spot
from xltools.form.address import Ref


@damage("ST027", "two fields merged")
def _(s: Stage) -> Result:
    places = set(s.layout.cells.values())
    ref = first(s.at(f.name) for f in s.fields("amount") if below(s.at(f.name)) in places)
    return s.package().merged(ref, below(ref)), spot("ST027", ref)


@damage("ST027", "field merged with its label")
def _(s: Stage) -> Result:
    ref = s.at(s.field("amount").name)
    label = Ref(ref.sheet, ref.row, ref.column - 1)
    return s.package().merged(label, ref), spot("ST027", label)


@damage("ST027", "rows beyond a table's last merged")
def _(s: Stage) -> Result:
    """Nothing stands there: nothing is hidden."""
    for table in s.form.tables:
        if not table.is_fixed and len(s.values.get(table.name) or []) < table.capacity - 1:
            span = s.layout.spans[table.name, table.columns_in(0)[0].name]
            last = Ref(span.sheet, span.last, span.column)
            return (s.package().merged(below(last, -1), last),)
    raise NotHere
