"""Damages that ST004 must tell: formulas without computed values, or a workbook that was never recalculated."""

from __future__ import annotations

from tests.support.stage import Result, Stage, damage, first, spot


@damage("ST004", "no results")
def _(s: Stage) -> Result:
    ref = first(r for r in s.layout.formulas if s.shows(r))
    return s.package().without_results(), spot("ST004", ref)
