"""The amounts of an invented filling: consistent with the form's equalities, as people round them, line by line."""

from __future__ import annotations

import math
import random
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction

from xltools.form import model as m
from xltools.rules.diagnosis.equations import Equation, equations
from xltools.sampling.base import Values

HIDDEN = 1000
"""Amounts are made in thousandths of the last decimal: what people type is rounded, line by line."""

Terms = dict[str, int]
Draw = dict[str, int]
"""Field → its exact amount, in thousandths of the last decimal."""


@dataclass(frozen=True)
class Amounts:
    """The amounts of one form. `solved` gives each dependent one as a sum of free ones: the equalities, solved once."""

    form: m.Form
    solved: tuple[tuple[str, Terms], ...]

    @classmethod
    def of(
        cls, form: m.Form, given: Mapping[str, object], without: Collection[str] = (), kept: Collection[str] = ()
    ) -> Amounts:
        """Return the amounts that are `given` as numbers, those in `kept` not to be computed from others; the rules
        `without` need not hold. What is not the total gives way in its largest line, which bears it."""
        names = {f.name for f in _fields(form) if isinstance(given.get(f.name), int | float)}
        solved: dict[str, Terms] = {}
        for equation in equations(form):
            if not equation.linear or equation.code in without or equation.left not in names:
                continue
            row: Terms = {equation.left: 1}
            for part in equation.parts:
                if part in names:
                    row[part] = row.get(part, 0) - 1
            row = _substituted(row, solved)
            lines = sorted(row, key=lambda n: -abs(float(given[n])))  # type: ignore[arg-type]
            free = (n for n in (equation.left, *lines) if abs(row.get(n, 0)) == 1 and n not in kept)
            pivot = next(free, None)
            if pivot is None:
                continue
            sign = -row.pop(pivot)
            own = {n: c * sign for n, c in row.items() if c}
            solved = {name: _substituted(terms, {pivot: own}) for name, terms in solved.items()}
            solved[pivot] = own
        return cls(form, tuple(solved.items()))

    def exact(self, values: Values) -> Draw:
        """Return the amounts of a filling."""
        found = {f.name: values.get(f.name) for f in _fields(self.form)}
        return {
            name: round(value * 10 ** self.form.field(name).decimals * HIDDEN)
            for name, value in found.items()
            if isinstance(value, int | float)
        }

    def varied(
        self, values: Values, dice: random.Random, size: float, least: float, still: Collection[str] = ()
    ) -> Values:
        """Return the filling with amounts `size` times as large, each by itself up to `least` times smaller, but for
        those that keep `still`."""
        drawn = {
            name: round(amount * size * (1 if name in still else dice.uniform(least, 1)))
            for name, amount in self.exact(values).items()
        }
        return self.settled(values, drawn)

    def shifted(self, values: Values, dice: random.Random) -> Values:
        """Return the filling with one to three of the free amounts clearly larger or smaller."""
        drawn = self.exact(values)
        free = sorted(n for n, amount in drawn.items() if amount and n not in dict(self.solved))
        for name in dice.sample(free, min(len(free), dice.randint(1, 3))):
            drawn[name] = round(drawn[name] * dice.choice((0.5, 0.8, 0.9, 0.95, 1.05, 1.1, 1.25, 2)))
        return self.settled(values, drawn)

    def settled(self, values: Values, drawn: Draw) -> Values:
        """Return the filling with these amounts: the dependent ones computed, each rounded, rates computed of them."""
        exact, changed = dict(drawn), dict(values)
        for name, terms in self.solved:
            exact[name] = sum(exact.get(n, 0) * c for n, c in terms.items())
        for name, number in exact.items():
            changed[name] = _half_up(number, HIDDEN) / 10 ** self.form.field(name).decimals
        for equation in equations(self.form):
            if equation.kind == "rate" and isinstance(values.get(equation.left), int | float):
                changed[equation.left] = self._rate(equation, exact)
        return changed

    def _rate(self, equation: Equation, exact: Draw) -> float | None:
        """Return a rate of two amounts; none where there is no base, or where an optional one would be impossible."""
        item, (part, base) = self.form.field(equation.left), equation.parts
        if not exact.get(base):
            return None
        share = Fraction(exact.get(part, 0) * 100 * 10**equation.decimals, exact[base])
        rate = math.floor(share + Fraction(1, 2)) / 10**equation.decimals
        return None if item.maximum is not None and rate > item.maximum and not item.required else rate


def within_limits(form: m.Form, values: Mapping[str, object]) -> bool:
    """True when no figure is beyond the limits of its field."""
    for item in form.fields:
        value = values.get(item.name)
        if isinstance(value, int | float) and item.is_input:
            low, high = item.minimum, item.maximum
            if (low is not None and value < low) or (high is not None and value > high):
                return False
    return True


def broken(form: m.Form, values: Mapping[str, object]) -> set[str]:
    """Return the codes of the rules between figures that do not hold; inequalities have no tolerance."""
    numbers = {n: float(v) for n, v in values.items() if isinstance(v, int | float) and not isinstance(v, bool)}
    return {e.code for e in equations(form) if numbers.keys() >= _needed(e, numbers) and not e.holds(numbers)}


def _needed(equation: Equation, numbers: Mapping[str, float]) -> set[str]:
    """Return the figures without which a rule is not judged: a sum is once one of its lines is given."""
    given = [n for n in equation.parts if n in numbers]
    return {equation.left, *(given[:1] if equation.kind == "sum" and given else equation.parts)}


def _fields(form: m.Form) -> list[m.Field]:
    return [f for f in form.fields if f.type == "amount" and f.is_input]


def _substituted(terms: Terms, solved: Mapping[str, Terms]) -> Terms:
    found: Terms = {}
    for name, factor in terms.items():
        for inner, inner_factor in solved.get(name, {name: 1}).items():
            found[inner] = found.get(inner, 0) + factor * inner_factor
    return {n: c for n, c in found.items() if c}


def _half_up(number: int, unit: int) -> int:
    sign = 1 if number >= 0 else -1
    return sign * ((abs(number) * 2 + unit) // (2 * unit))
