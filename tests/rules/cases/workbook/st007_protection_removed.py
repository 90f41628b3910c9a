"""Damages that ST007 must tell: a sheet's protection was removed."""

from __future__ import annotations

from tests.support.acts import sheets_of
from tests.support.stage import Result, Stage, damage


def _unprotected(kind: str) -> None:
    @damage("ST007", f"{kind} sheet")
    def apply(s: Stage) -> Result:
        name = sheets_of(s, kind)[-1]
        return s.package().unprotected(name), ("ST007", name, "")


for _kind in ("data", "checks", "guide"):
    _unprotected(_kind)
