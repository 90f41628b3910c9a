"""Damages that ST003 must tell: a computed cell holds another formula."""

from __future__ import annotations

from tests.support.acts import formula_cell
from tests.support.stage import Result, Stage, damage, spot


def _other_formula(kind: str) -> None:
    @damage("ST003", f"formula over {kind}")
    def apply(s: Stage) -> Result:
        ref = formula_cell(s, kind)
        return s.package().formula(ref, "N(A1)+100", 100), spot("ST003", ref)


for _kind in ("score field", "open row", "fixed row", "beside"):
    _other_formula(_kind)


@damage("ST003", "right shape, wrong row")
def _(s: Stage) -> Result:
    ref = s.computed_cell()
    package = s.package()
    formula = package.formula_of(ref).replace(f"{ref.row}", f"{ref.row + 1}")
    return package.formula(ref, formula, s.results[ref]), spot("ST003", ref)  # type: ignore[arg-type]
