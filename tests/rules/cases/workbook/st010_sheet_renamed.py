"""Damages that ST010 must tell: a sheet was renamed and recognised all the same."""

from __future__ import annotations

from tests.support.acts import sheets_of
from tests.support.stage import Result, Stage, damage


def _renamed(kind: str) -> None:
    @damage("ST010", f"{kind} sheet")
    def apply(s: Stage) -> Result:
        name = sheets_of(s, kind)[-1]
        return s.package().renamed(name, name + "改"), ("ST010", name + "改", "")


for _kind in ("data", "checks", "guide"):
    _renamed(_kind)
