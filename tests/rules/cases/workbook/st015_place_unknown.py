"""Damages that ST015 must tell: the structure changed so that cells could not be found for certain."""

from __future__ import annotations

from tests.support.stage import Result, Stage, damage, spot


@damage("ST015", "row deleted from a fixed table")
def _(s: Stage) -> Result:
    _key, ref, _row = s.cell("score", open_=False)
    return s.package().rows_moved(ref.sheet, ref.row, -1), spot("ST015", ref)


@damage("ST015", "row of an input deleted")
def _(s: Stage) -> Result:
    item = s.field("longtext", required=True)
    ref = s.at(item.name)
    return s.package().rows_moved(ref.sheet, ref.row, -1), spot("ST015", ref)
