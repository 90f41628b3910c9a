"""Damages that ST017 must tell: the workbook was made from another version of this form."""

from __future__ import annotations

from tests.support.acts import meta_cell
from tests.support.stage import Result, Stage, damage


@damage("ST017", "another version")
def _(s: Stage) -> Result:
    return s.package().text(meta_cell(s, "version"), "2023.0"), ("ST017", s.form.meta_sheet, "")


@damage("ST017", "another digest")
def _(s: Stage) -> Result:
    return s.package().text(meta_cell(s, "digest"), "0000"), ("ST017", s.form.meta_sheet, "")
