"""Damages that VA015 must tell: a fraction where percent is asked, or percent of percent (suspected)."""

from __future__ import annotations

from tests.support.acts import given, set_cell, set_field
from tests.support.stage import Result, Stage, damage, first


@damage("VA015", "fraction")
def _(s: Stage) -> Result:
    rate = first(e.left for e in s.sums("rate") if given(s, e.parts))
    return set_field(s, rate, round(s.values[rate] / 100, 4), "VA015")


@damage("VA015", "percent of percent")
def _(s: Stage) -> Result:
    rate = first(e.left for e in s.sums("rate") if given(s, e.parts) and s.form.field(e.left).maximum is None)
    return set_field(s, rate, round(s.values[rate] * 100), "VA015")


@damage("VA015", "open row percent")
def _(s: Stage) -> Result:
    key, ref, row = s.cell("percent", open_=True)
    return set_cell((key, ref, row), row[key.column] / 100, "VA015")
