"""Every set of up to three slips that explains broken rules, by brute force over one linked chain of figures.

An independent statement of what xltools.rules.diagnosis looks for: it knows nothing of components, costs or order, tries
all subsets (as vectors of cents over the linear rules), and puts each one that fits into the figures to see all rules.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise, permutations
from typing import Any

import numpy as np

from tests.support.slips import Plan, Slipped
from xltools.form.model import Field, Form
from xltools.rules.diagnosis.equations import Equation, equations

Numbers = np.ndarray[Any, np.dtype[np.float64]]
EXCHANGES = ("swapped", "row")
ONE = 0.05
"""Two sizes of one slip that only a gap tells are one solution when they differ by less."""


@dataclass(frozen=True)
class Slip:
    """One slip undone: figures and their numbers, or (`free`) figures that all rise by what closes a gap."""

    kind: str
    changes: tuple[tuple[str, float | None], ...]
    free: bool = False

    @property
    def names(self) -> frozenset[str]:
        """The figures it changes."""
        return frozenset(n for n, _ in self.changes)


def _half_up(value: float, decimals: int) -> float:
    scale = 10**decimals
    return math.copysign(math.floor(abs(value) * scale + 0.5 + 1e-7) / scale, value)


class Oracle:
    """Tries everything for one case."""

    def __init__(self, case: Slipped, form: Form) -> None:
        self.form, self.values = form, case.figures.values
        self.rules = [*case.figures.broken.values(), *case.figures.passing.values()]
        self.locked = frozenset(f.name for f in form.fields if f.locked)
        self.sums = {e.left: e.parts for e in equations(form) if e.kind == "sum"}
        names = {n for e in case.figures.broken.values() for n in e.fields}
        while names != (wider := names | {n for e in self.rules if names & set(e.fields) for n in e.fields}):
            names = wider
        self.chain = [f.name for f in form.fields if f.name in names and f.name not in self.locked]
        self.linear = [e for e in self.rules if e.op == "=" and e.kind in ("sum", "same") and names & set(e.fields)]
        self.slips = [s for s in dict.fromkeys(self._slips()) if self._possible(s)]

    def _possible(self, slip: Slip) -> bool:
        if slip.free:
            return True
        return any(self.values.get(n) != v for n, v in slip.changes) and all(
            self._within(n, v) for n, v in slip.changes
        )

    def _within(self, name: str, value: float | None) -> bool:
        item = self.form.field(name)
        low = -math.inf if item.minimum is None else item.minimum
        high = math.inf if item.maximum is None else item.maximum
        return value is None or low <= value <= high

    # ------------------------------------------------------------------ the kinds, stated once more
    def _slips(self) -> Iterator[Slip]:
        for name in self.chain:
            item, value = self.form.field(name), self.values.get(name)
            if value:
                yield from (Slip(kind, ((name, new),)) for kind, new in self._typed(item, value))
                yield from self._lines(item, value)
            yield from self._free(item, value)
            yield from self._exchanged(item, value)

    def _typed(self, item: Field, value: float) -> Iterator[tuple[str, float]]:
        digits = f"{abs(value):.{item.decimals}f}"
        places = [n for n, sign in enumerate(digits) if sign != "."]
        for one, two in pairwise(places):
            made = list(digits)
            made[one], made[two] = made[two], made[one]
            if made != list(digits) and not (one == 0 and digits[two] == "0"):
                yield "digits", math.copysign(float("".join(made)), value)
        yield "sign", -value
        if item.type in ("amount", "percent", "number", "score"):
            for factor in (10, 100):
                yield "point", _half_up(value * factor, item.decimals)
                small = _half_up(value / factor, item.decimals)
                if small and math.isclose(small * factor, value, rel_tol=1e-9):
                    yield "point", small
        if item.type == "amount" and abs(value) >= 1000:
            yield "unit", _half_up(value / 10_000, item.decimals)

    def _below(self, name: str) -> set[str]:
        return {n for part in self.sums.get(name, ()) for n in (part, *self._below(part))}

    def _above(self, name: str) -> list[str]:
        for total, parts in self.sums.items():
            if name in parts:
                return [total, *self._above(total)]
        return []

    def _lines(self, item: Field, value: float) -> Iterator[Slip]:
        same = [e for e in self.rules if e.kind == "same" and e.op == "=" and item.name in e.fields]
        lines = self._below(item.name).union(*(self._below(n) for e in same for n in e.fields))
        carried = {f.name for f in self.form.fields if f.previous and f.type == "amount"} if lines else set()
        for line in (lines | carried) - {item.name}:
            if item.type == "amount" and (part := self.values.get(line)):
                for new in (value + part, value - part):
                    yield Slip("line", ((item.name, _half_up(new, item.decimals)),))
        totals = self._above(item.name)
        for first, last in combinations(range(len(totals) + 1), 2):
            raised = [(n, self.values.get(n)) for n in totals[first:last]]
            if len(raised) > 1 and all(v is not None and n not in self.locked for n, v in raised):
                yield Slip("line", tuple((n, _half_up((v or 0.0) + value, 2)) for n, v in raised))

    def _absent(self, name: str) -> bool:
        value = self.values.get(name)
        return value is None or (value == 0 and self.form.field(name).previous is not None)

    def _free(self, item: Field, value: float | None) -> Iterator[Slip]:
        if self._absent(item.name) and self._above(item.name):
            totals = self._above(item.name)
            for count in range(len(totals) + 1):
                raised = [(n, self.values.get(n)) for n in totals[:count]]
                if all(v is not None for _, v in raised):
                    yield Slip("missing", ((item.name, value), *raised), free=True)
        if value == 0 and item.name in self.sums:
            yield Slip("unfilled", ((item.name, value),), free=True)
        if value and any(self.values.get(n) == value for n in self._beside(item)):
            yield Slip("copied", ((item.name, value),), free=True)
        for equation in self.rules:
            if equation.kind == "same" and equation.op == "=" and equation.left == item.name:
                other = equation.parts[0]
                if other in self.locked and value is not None:
                    yield Slip("bureau", ((item.name, self.values.get(other)),))

    def _beside(self, item: Field) -> list[str]:
        block = [f for f in self.form.fields if f.section == item.section and f.is_input and f.numeric and not f.locked]
        if not item.column:
            near = [f for f in block if abs(block.index(f) - block.index(item)) == 1]
        else:
            rows, columns = ([*dict.fromkeys(getattr(f, side) for f in block)] for side in ("row", "column"))
            at = {f.name: (rows.index(f.row), columns.index(f.column)) for f in block}
            here = at[item.name]
            near = [f for f in block if sum(abs(a - b) for a, b in zip(at[f.name], here, strict=True)) == 1]
        return [f.name for f in near if f.type == item.type]

    def _exchanged(self, item: Field, value: float | None) -> Iterator[Slip]:
        beside = self._beside(item)
        read = {n for e in self.rules if item.name in e.fields for n in e.fields}
        for other in {*beside, *read} - {item.name} - self.locked:
            theirs = self.values.get(other)
            if self.form.field(other).type == item.type and value != theirs:
                if value and theirs:
                    yield Slip("swapped", tuple(sorted(((item.name, theirs), (other, value)))))
                elif other in beside and (value or theirs):
                    pair = sorted(((item.name, theirs), (other, value)), key=lambda p: p[0])
                    yield Slip("row", tuple(pair))

    # ------------------------------------------------------------------ all subsets
    def smallest(self) -> list[dict[str, float | None]]:
        """Return every set of the smallest size that makes all rules hold, each as the figures it changes."""
        earlier: list[dict[str, float | None]] = [{}]
        for size in (1, 2, 3):
            fitting = list(self._fitting(size))
            found = self._distinct(self._whole(fitting + [r for c in earlier for r in self._rates(c)]))
            if found:
                return found
            earlier = fitting
        return []

    def _fitting(self, size: int) -> Iterator[dict[str, float | None]]:
        fixed = [s for s in self.slips if not s.free]
        free = [s for s in self.slips if s.free]
        shifts = np.array([self._vector(s) for s in fixed]).reshape(len(fixed), len(self.linear))
        for count in range(size + 1):
            for some in combinations(free, count):
                for at, sums in self._sums(shifts, size - count):
                    yield from self._closed(some, fixed, at, sums)

    @staticmethod
    def _sums(shifts: Numbers, count: int) -> Iterator[tuple[Numbers, Numbers]]:
        """Yield index rows and the summed shifts of all subsets of `count`, in pieces."""
        size = len(shifts)
        if count == 0:
            yield np.zeros((1, 0), dtype=int), np.zeros((1, shifts.shape[1]))
        elif count == 1:
            yield np.arange(size).reshape(-1, 1), shifts
        else:
            pairs = np.array(np.triu_indices(size, 1)).T
            if count == 2:
                yield pairs, shifts[pairs[:, 0]] + shifts[pairs[:, 1]]
            for first in range(size if count == 3 else 0):
                rest = pairs[pairs[:, 0] > first]
                at = np.column_stack((np.full(len(rest), first), rest))
                yield at, shifts[first] + shifts[rest[:, 0]] + shifts[rest[:, 1]]

    def _vector(self, slip: Slip) -> list[float]:
        def shift(equation: Equation) -> float:
            total = 0.0
            for name, value in slip.changes:
                step = 1.0 if slip.free else (value or 0.0) - (self.values.get(name) or 0.0)
                total += step * ((name == equation.left) - equation.parts.count(name))
            return total

        return [shift(e) for e in self.linear]

    def _closed(
        self, free: tuple[Slip, ...], fixed: list[Slip], at: Numbers, sums: Numbers
    ) -> Iterator[dict[str, float | None]]:
        """Yield the subsets that, with what the free slips must be, bring every linear rule within its tolerance."""
        sides = [e.sides(self.values) for e in self.linear]
        gaps = sums + np.array([left - right for left, right in sides])
        room = np.array([(len(e.parts) + 1) * 0.005 + 0.011 for e in self.linear])
        ways = np.array([self._vector(s) for s in free]).reshape(len(free), len(self.linear))
        for chosen in permutations(range(len(self.linear)), len(free)) if free else [()]:
            own = ways[:, list(chosen)]
            if free and (chosen != tuple(sorted(chosen)) or abs(np.linalg.det(own)) < 0.5):
                continue
            steps = -gaps[:, list(chosen)] @ np.linalg.inv(own) if free else np.zeros((len(gaps), 0))
            left = np.abs(gaps + steps @ ways)
            for row in np.flatnonzero((left <= room).all(axis=1)):
                changes = self._changes([fixed[n] for n in at[row]], free, steps[row])
                if changes is not None:
                    yield changes

    def _changes(self, fixed: list[Slip], free: tuple[Slip, ...], steps: Numbers) -> dict[str, float | None] | None:
        names = [n for s in (*fixed, *free) for n in s.names]
        if len(names) != len(set(names)) or sum(s.kind in EXCHANGES for s in fixed) > 1:
            return None
        changes = {n: v for s in fixed for n, v in s.changes}
        for slip, step in zip(free, steps, strict=True):
            changes |= {n: _half_up((v or 0.0) + float(step), 2) for n, v in slip.changes}
        return changes if all(self._within(n, v) for n, v in changes.items()) else None

    def _rates(self, changes: dict[str, float | None]) -> Iterator[dict[str, float | None]]:
        """Yield the set with one more slip: a rate that was cut, on another base, or upside down."""
        values = self.values | changes
        for rate in self.rules:
            if rate.kind != "rate":
                continue
            part, base = (values.get(n) or 0.0 for n in rate.parts)
            stated = values.get(rate.left)
            if not part or not base or stated is None or rate.left in changes:
                continue
            right = part / base * 100
            section = self.form.field(rate.parts[1]).section
            bases = {f.name for f in self.form.fields if f.section == section and f.type == "amount"}
            others = [values.get(n) for n in (bases | self._below(rate.parts[1])) - set(rate.parts)]
            shown = [part / v * 100 for v in others if v] + [base / part * 100]
            cut = any(
                abs(near(right * 10**d + 1e-7) / 10**d - stated) < 1e-9
                for d in range(rate.decimals + 1)
                for near in (math.floor, lambda x: math.floor(x + 0.5))
            )
            if (cut or any(abs(v - stated) <= 0.00501 for v in shown)) and self._within(rate.left, right):
                yield changes | {rate.left: _half_up(right, rate.decimals)}

    def _whole(self, sets: list[dict[str, float | None]]) -> Iterator[dict[str, float | None]]:
        for changes in sets:
            values = self.values | changes
            if all(e.holds(values) for e in self.rules if not {*e.fields}.isdisjoint({*self.chain})):
                yield changes

    @staticmethod
    def _distinct(sets: Iterator[dict[str, float | None]]) -> list[dict[str, float | None]]:
        kept: list[dict[str, float | None]] = []
        for changes in sets:
            if not any(alike(changes, other) for other in kept):
                kept.append(changes)
        return kept


def alike(one: Plan | dict[str, float | None], other: Plan | dict[str, float | None]) -> bool:
    """True for the same change of the same figures, to within what rounded figures around them allow."""
    return one.keys() == other.keys() and all(abs((one[n] or 0.0) - (other[n] or 0.0)) <= ONE for n in one)
