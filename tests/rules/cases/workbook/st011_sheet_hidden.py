"""Damages that ST011 must tell: a sheet of the form is hidden."""

from __future__ import annotations

from tests.support.acts import sheets_of
from tests.support.stage import Result, Stage, damage


def _hidden(kind: str) -> None:
    @damage("ST011", f"{kind} sheet")
    def apply(s: Stage) -> Result:
        name = sheets_of(s, kind)[-1]
        return s.package().hidden(name), ("ST011", name, "")


for _kind in ("data", "checks", "guide"):
    _hidden(_kind)
