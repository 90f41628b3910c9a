"""Damages that VA012 must tell: a formula was typed into an input cell."""

from __future__ import annotations

from tests.support.stage import Result, Stage, damage, spot


def _formula(kind: str) -> None:
    @damage("VA012", kind)
    def apply(s: Stage) -> Result:
        ref = s.at(s.field(kind).name)
        value = s.values[s.field(kind).name]
        return s.package().formula(ref, f"{value!r}+0", value), spot("VA012", ref)


for _kind in ("amount", "integer"):
    _formula(_kind)


@damage("VA012", "text")
def _(s: Stage) -> Result:
    item = s.field("longtext")
    return s.package().formula(s.at(item.name), '"按计划"&"完成"', "按计划完成"), spot("VA012", s.at(item.name))
