"""Damages that VA004 must tell: a number above the field's limit, or below one that is not zero."""

from __future__ import annotations

from tests.support.acts import set_cell, set_field
from tests.support.stage import Result, Stage, damage


@damage("VA004", "year")
def _(s: Stage) -> Result:
    return set_field(s, s.field("year").name, 1899, "VA004")


@damage("VA004", "open row percent")
def _(s: Stage) -> Result:
    return set_cell(s.cell("percent", maximum=100), 150, "VA004")


@damage("VA004", "percent")
def _(s: Stage) -> Result:
    return set_field(s, s.field("percent", maximum=100).name, 7500, "VA004")
