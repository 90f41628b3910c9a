"""Damages that ST002 must tell: a computed cell was replaced by a constant that agrees with the formula."""

from __future__ import annotations

from tests.support.acts import FORMULA_KINDS, formula_cell
from tests.support.stage import Result, Stage, damage, spot


def _value_over(kind: str) -> None:
    @damage("ST002", f"value over {kind}")
    def apply(s: Stage) -> Result:
        ref = formula_cell(s, kind)
        value = s.results[ref]
        if isinstance(value, int | float):
            return s.package().number(ref, round(value, 2)), spot("ST002", ref)
        return s.package().text(ref, str(value)), spot("ST002", ref)


for _kind in FORMULA_KINDS:
    _value_over(_kind)


@damage("ST002", "a formula deleted where nothing is shown")
def _(s: Stage) -> Result:
    ref = s.computed_cell(shows=False)
    return s.package().empty(ref), spot("ST002", ref)
