"""Damages that ST009 must tell: a sheet of the form is missing."""

from __future__ import annotations

from tests.support.acts import sheets_of
from tests.support.stage import Result, Stage, damage


def _removed(kind: str) -> None:
    @damage("ST009", f"{kind} sheet")
    def apply(s: Stage) -> Result:
        name = sheets_of(s, kind)[-1]
        return s.package().removed(name), ("ST009", name, "")


for _kind in ("data", "checks", "guide"):
    _removed(_kind)
