"""Damages that ST016 must tell: the workbook says it is of another form or edition."""

from __future__ import annotations

from tests.support.acts import meta_cell
from tests.support.stage import Result, Stage, damage


@damage("ST016", "another form")
def _(s: Stage) -> Result:
    return s.package().text(meta_cell(s, "form"), "elsewhere-2019"), ("ST016", s.form.meta_sheet, "B1")
