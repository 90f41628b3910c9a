"""Damages that VA024 must tell: a rate is stated whose base is 0."""

from __future__ import annotations

from tests.support.stage import NotHere, Result, Stage, damage, spot
from xltools.rules.diagnosis.equations import Equation, equations


def _without_base(s: Stage) -> Equation:
    """Return a rate that stands apart; what it is made of, and the lines of that, are 0."""
    known = equations(s.form)
    for rate in (e for e in known if e.kind == "rate" and isinstance(s.values.get(e.left), int | float)):
        near = [e for e in known if not set(e.fields).isdisjoint(rate.parts)]
        names = {n for e in near for n in e.fields}
        if all(e in near for e in known if not names.isdisjoint(e.fields)):
            s.values |= {n: 0 for n in names if s.values.get(n) is not None}
            return rate
    raise NotHere


@damage("VA024", "a rate of a base of 0")
def _(s: Stage) -> Result:
    rate = _without_base(s)
    s.values[rate.left] = 75
    return None, spot("VA024", s.at(rate.left))


@damage("VA024", "0 of 0 (not told)")
def _(s: Stage) -> Result:
    s.values[_without_base(s).left] = 0
    return (None,)
