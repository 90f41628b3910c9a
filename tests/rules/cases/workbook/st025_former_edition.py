"""Damages that ST025 must tell: the workbook is of a former edition of its form."""

from __future__ import annotations

from tests.support.acts import meta_cell
from tests.support.editions import remembered
from tests.support.stage import Result, Stage, damage


@damage("ST025", "former edition")
def _(s: Stage) -> Result:
    former = remembered(s.form)
    data = s.package().text(meta_cell(s, "version"), former.version)
    return data.text(meta_cell(s, "digest"), former.digest), ("ST025", s.form.meta_sheet, "")


@damage("ST025", "newest edition where there is a former one")
def _(s: Stage) -> Result:
    remembered(s.form)
    return (None,)
