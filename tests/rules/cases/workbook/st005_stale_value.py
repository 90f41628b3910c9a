"""Damages that ST005 must tell: a computed value that the file shows is not what its formula gives."""

from __future__ import annotations

from tests.support.stage import Result, Stage, damage, spot


@damage("ST005", "an old result")
def _(s: Stage) -> Result:
    ref = s.computed_field()
    package = s.package()
    return package.formula(ref, package.formula_of(ref), 12.34), spot("ST005", ref)
