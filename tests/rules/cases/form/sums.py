"""Damages that the rules of the forms must tell: parts, totals that must be equal, stated rates."""

from __future__ import annotations

from tests.support.acts import given
from tests.support.stage import NotHere, Result, Stage, damage, first
from xltools.rules.diagnosis.equations import equations


def _sum_off(number: int) -> None:
    @damage("sum", f"part of sum {number}")
    def apply(s: Stage) -> Result:
        usable = [e for e in s.sums() if list(s.free_parts(e)) and e.op == "="]
        if number >= len(usable):
            raise NotHere
        part = first(s.free_parts(usable[number]))
        s.values[part] = round(s.values[part] + 7.77, 2)
        return None, s.place_of(usable[number].code)


for _number in range(9):
    _sum_off(_number)


@damage("sum", "a total that several rules read")
def _(s: Stage) -> Result:
    """One wrong total: all its rules break, the one that stands at it leads."""
    total = first(e for e in s.sums() if given(s, e.parts) and s.values[e.left] > 1)
    s.values[total.left] = round(s.values[total.left] + 3.33, 2)
    return None, s.place_of(total.code)


@damage("same", "two totals that must be equal")
def _(s: Stage) -> Result:
    for equation in s.sums("same"):
        own = [e for e in s.sums() if e.left == equation.left and list(s.free_parts(e))]
        if equation.op == "=" and own:
            part = first(s.free_parts(own[0]))
            for name in (part, equation.left):
                s.values[name] = round(s.values[name] + 5.55, 2)
            others = [e for e in equations(s.form) if equation.left in e.fields and e not in (equation, own[0])]
            if not others:
                return None, s.place_of(equation.code)
    raise NotHere


@damage("rate", "a stated rate")
def _(s: Stage) -> Result:
    rate = first(e for e in s.sums("rate") if given(s, e.parts))
    s.values[rate.left] = round(s.values[rate.left] - 1.11, 2)
    return None, s.place_of(rate.code)
