"""Damages that VA019 must tell: an indicator below zero, or a target that every figure reaches."""

from __future__ import annotations

from tests.support.acts import rates_row, set_cell
from tests.support.stage import Result, Stage, damage


@damage("VA019", "negative actual")
def _(s: Stage) -> Result:
    return set_cell(rates_row(s), -36, "VA019")


@damage("VA019", "target of 0")
def _(s: Stage) -> Result:
    key, _, row = rates_row(s)
    measured = s.form.indicators_in(key.field)
    assert measured is not None
    target = key._replace(column=measured.target)
    return set_cell((target, s.layout.cells[target], row), 0, "VA019")
