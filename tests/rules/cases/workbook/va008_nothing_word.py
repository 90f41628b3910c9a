"""Damages that VA008 must tell: a dash or “无” in a number cell."""

from __future__ import annotations

from tests.support.acts import alone, set_field
from tests.support.stage import Result, Stage, damage, first


@damage("VA008", "amount")
def _(s: Stage) -> Result:
    linked = {n for f in s.form.fields for n in (*f.required_with, *f.required_unless)}
    item = first(f for f in s.fields("amount", required=False) if s.values[f.name] == 0 and f.name not in linked)
    return set_field(s, item.name, "—", "VA008")


@damage("VA008", "integer")
def _(s: Stage) -> Result:
    return set_field(s, alone(s, "integer").name, "无", "VA008")
