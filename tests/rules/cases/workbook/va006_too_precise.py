"""Damages that VA006 must tell: more decimals than the form asks for (hidden fractions)."""

from __future__ import annotations

from tests.support.acts import reason_of, set_cell, set_field
from tests.support.stage import Result, Stage, damage, first


def _precise(kind: str) -> None:
    @damage("VA006", kind)
    def apply(s: Stage) -> Result:
        item = first(f for f in s.fields(kind) if s.values[f.name])
        return set_field(s, item.name, s.values[item.name] + 0.00123, "VA006")


for _kind in ("amount", "percent"):
    _precise(_kind)


@damage("VA006", "fixed row score")
def _(s: Stage) -> Result:
    key, ref, row = first(c for c in s.cells("score", open_=False) if reason_of(s, c[0], c[2]))
    return set_cell((key, ref, row), row[key.column] - 0.00123, "VA006")
