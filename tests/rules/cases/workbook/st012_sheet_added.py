"""Damages that ST012 must tell: the workbook holds a sheet that is not the form's."""

from __future__ import annotations

from tests.support.stage import Result, Stage, damage


@damage("ST012", "a sheet")
def _(s: Stage) -> Result:
    return s.package().added("附表"), ("ST012", "附表", "")
