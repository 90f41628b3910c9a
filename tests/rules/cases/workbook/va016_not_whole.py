"""Damages that VA016 must tell: a fraction where whole numbers are counted."""

from __future__ import annotations

from tests.support.acts import set_field
from tests.support.stage import Result, Stage, damage, first


@damage("VA016", "integer")
def _(s: Stage) -> Result:
    item = first(f for f in s.fields("integer") if s.values[f.name])
    return set_field(s, item.name, s.values[item.name] - 0.5, "VA016")


@damage("VA016", "year")
def _(s: Stage) -> Result:
    return set_field(s, s.field("year").name, s.form.year + 0.5, "VA016")
