"""Damages that VA010 must tell: a year that is not the form's."""

from __future__ import annotations

from tests.support.acts import set_field
from tests.support.stage import Result, Stage, damage


@damage("VA010", "year")
def _(s: Stage) -> Result:
    return set_field(s, s.field("year").name, s.form.year - 1, "VA010")
