"""Damages that ST001 must tell: a computed cell was replaced by a constant that disagrees, or emptied."""

from __future__ import annotations

from tests.support.acts import FORMULA_KINDS, formula_cell
from tests.support.stage import Result, Stage, damage, spot


def _constant_over(kind: str) -> None:
    @damage("ST001", f"constant over {kind}")
    def apply(s: Stage) -> Result:
        ref = formula_cell(s, kind)
        value = s.results[ref]
        if isinstance(value, int | float):
            return s.package().number(ref, value + 1.5), spot("ST001", ref)
        return s.package().text(ref, "很好"), spot("ST001", ref)


for _kind in FORMULA_KINDS:
    _constant_over(_kind)


@damage("ST001", "a formula deleted")
def _(s: Stage) -> Result:
    ref = s.computed_field()
    return s.package().empty(ref), spot("ST001", ref)


@damage("ST001", "a formula that reads nothing")
def _(s: Stage) -> Result:
    """=97.29+2: a constant, however it is written."""
    ref = s.computed_field()
    value = s.results[ref]
    assert isinstance(value, int | float)
    return s.package().formula(ref, f"ROUND({value!r}+1.5,2)", value + 1.5), spot("ST001", ref)
