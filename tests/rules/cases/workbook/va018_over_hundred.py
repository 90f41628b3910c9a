"""Damages that VA018 must tell: a share of a whole above 100 %."""

from __future__ import annotations

from tests.support.acts import rates_row, set_cell, titled
from tests.support.stage import Result, Stage, damage


@damage("VA018", "satisfaction of 200 %")
def _(s: Stage) -> Result:
    return set_cell(titled(s, rates_row(s), "服务对象满意度"), 200, "VA018")
