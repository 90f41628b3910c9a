"""Damages that VA003 must tell: a value that is not in the drop-down list."""

from __future__ import annotations

from tests.support.acts import set_cell
from tests.support.stage import Result, Stage, damage


@damage("VA003", "open row choice")
def _(s: Stage) -> Result:
    return set_cell(s.cell("choice"), "大于", "VA003")
