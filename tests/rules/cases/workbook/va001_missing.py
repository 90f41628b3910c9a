"""Damages that VA001 must tell: an input that the form requires is missing."""

from __future__ import annotations

from tests.support.acts import given, set_cell, set_field
from tests.support.stage import NotHere, Result, Stage, damage, first


def _missing(kind: str) -> None:
    @damage("VA001", kind)
    def apply(s: Stage) -> Result:
        return set_field(s, s.field(kind, required=True).name, None, "VA001")


for _kind in ("text", "code", "amount", "integer", "phone", "longtext", "year"):
    _missing(_kind)


@damage("VA001", "a rate that its base asks for")
def _(s: Stage) -> Result:
    rate = first(f for f in s.fields("percent") if f.required_with and f.nothing)
    return set_field(s, rate.name, None, "VA001")


def _missing_cell(kind: str, fixed: bool) -> None:
    @damage("VA001", f"{'fixed' if fixed else 'open'} row {kind}")
    def apply(s: Stage) -> Result:
        return set_cell(s.cell(kind, open_=not fixed, required=True), None, "VA001")


for _kind, _fixed in (("text", False), ("choice", False), ("number", False), ("score", True)):
    _missing_cell(_kind, _fixed)


@damage("VA001", "a total that a judged score stands in for")
def _(s: Stage) -> Result:
    """One gap: the judged score is asked only where the figures are not given."""
    judged = first(f for f in s.form.fields if f.required_unless and given(s, f.required_unless))
    total = first(n for n in judged.required_unless if s.form.field(n).required_with)
    if not given(s, s.form.field(total).required_with):
        raise NotHere
    return set_field(s, total, None, "VA001")
