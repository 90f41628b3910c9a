"""Damages that VA009 must tell: a date that belongs to another year."""

from __future__ import annotations

from tests.support.acts import set_field
from tests.support.stage import Result, Stage, damage


@damage("VA009", "date")
def _(s: Stage) -> Result:
    return set_field(s, s.field("date").name, "2042-03-20", "VA009")
