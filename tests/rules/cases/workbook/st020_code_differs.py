"""Damages that ST020 must tell: the department's code is not the one this workbook was made for."""

from __future__ import annotations

from tests.support.acts import meta_cell
from tests.support.stage import Result, Stage, damage, spot


@damage("ST020", "code")
def _(s: Stage) -> Result:
    ref = s.at(s.form.code_field)
    return s.package().text(meta_cell(s, "code"), "123123"), spot("ST020", ref)
