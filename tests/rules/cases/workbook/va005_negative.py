"""Damages that VA005 must tell: a negative number where none can be."""

from __future__ import annotations

from tests.support.acts import set_cell, set_field
from tests.support.stage import Result, Stage, damage, first


def _negative(kind: str) -> None:
    @damage("VA005", kind)
    def apply(s: Stage) -> Result:
        item = first(f for f in s.fields(kind, minimum=0) if s.values[f.name])
        return set_field(s, item.name, -s.values[item.name], "VA005")


for _kind in ("amount", "integer", "percent"):
    _negative(_kind)


@damage("VA005", "fixed row score")
def _(s: Stage) -> Result:
    return set_cell(s.cell("score", open_=False, minimum=0), -1, "VA005")
