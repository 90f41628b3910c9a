"""Damages that VA001 must tell: an input that the form requires is missing."""

from __future__ import annotations

from tests.support.acts import set_cell, set_field
from tests.support.stage import Result, Stage, damage


def _missing(kind: str) -> None:
    @damage("VA001", kind)
    def apply(s: Stage) -> Result:
        return set_field(s, s.field(kind, required=True).name, None, "VA001")


for _kind in ("text", "code", "amount", "integer", "phone", "longtext", "year", "percent"):
    _missing(_kind)


def _missing_cell(kind: str, fixed: bool) -> None:
    @damage("VA001", f"{'fixed' if fixed else 'open'} row {kind}")
    def apply(s: Stage) -> Result:
        return set_cell(s.cell(kind, open_=not fixed, required=True), None, "VA001")


for _kind, _fixed in (("text", False), ("choice", False), ("number", False), ("score", True)):
    _missing_cell(_kind, _fixed)
