"""The known kinds of slips: for a figure, what it would be without one; for a broken rule, what a slip left out."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from statistics import median
from typing import Literal

from xltools.rules.diagnosis.equations import Changes, Equation, Figures, rounded
from xltools.rules.diagnosis.relations import relations

Kind = Literal[
    "restored",
    "unit",
    "cut",
    "coarse",
    "base",
    "inverted",
    "digits",
    "unfilled",
    "sign",
    "copied",
    "equal",
    "left_out",
    "twice",
    "chain",
    "swapped",
    "row",
    "point",
    "missing",
    "forgotten",
    "carried",
    "bureau",
    "wrong",
]
COST: dict[Kind, float] = {
    "restored": 0.0,
    "unit": 0.5,
    "cut": 0.5,
    "coarse": 1.0,
    "base": 0.5,
    "inverted": 0.5,
    "digits": 1.0,
    "unfilled": 1.0,
    "sign": 1.0,
    "copied": 2.0,
    "equal": 4.5,
    "left_out": 1.5,
    "twice": 1.5,
    "chain": 2.0,
    "swapped": 1.5,
    "row": 2.5,
    "point": 2.0,
    "missing": 3.0,
    "forgotten": 3.5,
    "carried": 3.0,
    "bureau": 3.0,
    "wrong": 6.0,
}
"""How unlikely a kind is: a step of two is clearly less likely. Of the last ones any difference can be explained."""

SOLVED: frozenset[Kind] = frozenset({"unfilled", "copied", "equal", "missing", "forgotten", "bureau", "wrong"})
"""Kinds whose size only the broken rule tells: they explain any difference."""
UNIT = 10_000
LEAST_IN_UNIT = 0.1
"""A figure that is less than this in the form's unit was not filled in in yuan."""
FAR = 300
CLOSE = 1.5
"""An inequality says little: its two figures have changed places only where they are no further apart than this."""


@dataclass(frozen=True, slots=True)
class Repair:
    """One slip undone: the figures it changes, `main` first in words; `other` is the line, neighbour or base that
    explains it, for a missing line the rule that misses it."""

    kind: Kind
    main: str
    changes: Changes
    other: str = ""

    @property
    def cost(self) -> float:
        """How unlikely it is."""
        return COST[self.kind]


class Slips:
    """Undoes the known slips in one submission's figures. A locked or prefilled figure is nobody's slip."""

    def __init__(self, figures: Figures) -> None:
        self.figures = figures
        self.form = figures.form
        self.values = figures.values
        self.roles = relations(figures.form)
        self._of: dict[str, list[Repair]] = {}

    @cached_property
    def _limit(self) -> float:
        """Return what no repaired figure is beyond: it is of the size that is usual in this workbook."""
        sizes = [abs(v) for v in self.figures.amounts(self.values).values()]
        return FAR * median(sizes) if sizes else math.inf

    @cached_property
    def _chains(self) -> list[Repair]:
        """Return what undoes a line that several totals, one above the other, left out."""
        found = []
        for line, totals in self.roles.above.items():
            value = self.values.get(line)
            if not value:
                continue
            for first in range(len(totals) - 1):
                for last in range(first + 2, len(totals) + 1):
                    changes = self._raised(totals[first:last], value)
                    if changes is not None:
                        found.append(Repair("chain", totals[first], changes, line))
        return found

    def touching(self, equation: Equation) -> list[Repair]:
        """Return what can be said without the rule: every slip of known size in a figure that the rule reads."""
        found: dict[frozenset[tuple[str, float | None]], Repair] = {}
        for name in equation.fields:
            chains = (c for c in self._chains if name in c.changes)
            for repair in (*self.of(name), *chains):
                known = found.setdefault(frozenset(repair.changes.items()), repair)
                if repair.cost < known.cost:
                    found[frozenset(repair.changes.items())] = repair
        return list(found.values())

    def of(self, name: str) -> list[Repair]:
        """Return every slip of known size in one figure."""
        if name not in self._of:
            if name in self.figures.sent:
                found = self._restored(name)
            elif self.values.get(name):
                found = (*self._typed(name), *self._totals(name), *self._swaps(name))
            else:
                found = tuple(self._swaps(name))
            self._of[name] = [r for r in found if self._allowed(r)]
        return self._of[name]

    def _allowed(self, repair: Repair) -> bool:
        changes = repair.changes
        if all(self.values.get(name) == value for name, value in changes.items()):
            return False
        usual = repair.kind == "unfilled" or all(abs(v or 0.0) <= self._limit for v in changes.values())
        return usual and all(self.figures.within(name, value) for name, value in changes.items())

    def _free(self, name: str) -> bool:
        return name not in self.figures.sent

    # ------------------------------------------------------------------ one figure
    def _restored(self, name: str) -> tuple[Repair, ...]:
        """The bureau's own figure was changed."""
        sent = self.figures.sent[name]
        return (Repair("restored", name, {name: sent}),) if sent is not None else ()

    def _typed(self, name: str) -> Iterator[Repair]:
        value, item = self.values[name], self.form.field(name)
        assert value is not None
        scale = 10**item.decimals
        digits = str(abs(round(value * scale)))
        for at in range(len(digits) - 1):
            if digits[at] != digits[at + 1] and not (at == 0 and digits[1] == "0"):
                other = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
                yield Repair("digits", name, {name: math.copysign(int(other) / scale, value)})
        yield Repair("sign", name, {name: -value})
        if item.type not in ("amount", "percent", "number", "score"):
            return
        if item.type == "amount" and "万元" in self.form.unit and abs(value) >= LEAST_IN_UNIT * UNIT:
            yield Repair("unit", name, {name: rounded(value / UNIT, item.decimals)})
        for factor in (10, 100):
            yield Repair("point", name, {name: rounded(value * factor, item.decimals)})
            smaller = rounded(value / factor, item.decimals)
            if smaller and abs(smaller * factor - value) < 1e-9 * abs(value):
                yield Repair("point", name, {name: smaller})

    def _totals(self, name: str) -> Iterator[Repair]:
        """A total that left a line out, or counts it twice; its lines may be those of the figure it should equal."""
        value, item = self.values[name], self.form.field(name)
        assert value is not None
        if item.type != "amount":
            return
        lines = dict.fromkeys(self.roles.below.get(name, ()))
        for equation in self.roles.of.get(name, ()):
            if equation.kind == "same" and equation.op == "=":
                lines |= dict.fromkeys(n for side in equation.fields for n in self.roles.below.get(side, ()))
        for line in lines:
            if (part := self.values.get(line)) and line != name:
                yield Repair("left_out", name, {name: rounded(value + part, item.decimals)}, line)
                yield Repair("twice", name, {name: rounded(value - part, item.decimals)}, line)
        for line in self.roles.carried if lines else ():
            if (part := self.values.get(line)) and line != name and line not in lines:
                for changed in (value + part, value - part):
                    yield Repair("carried", name, {name: rounded(changed, item.decimals)}, line)

    def _swaps(self, name: str) -> Iterator[Repair]:
        """Two figures have changed places, or one stands in the line beside its own."""
        mine = self.values.get(name)
        for other in self.roles.partners.get(name, ()) if self._free(name) else ():
            theirs = self.values.get(other)
            if not self._free(other) or mine == theirs:
                continue
            if mine and theirs:
                yield Repair("swapped", name, {name: theirs, other: mine}, other)
            elif other in self.roles.beside[name] and None in (mine, theirs) and (mine or theirs):
                there = (name, other) if mine else (other, name)
                yield Repair("row", there[0], {name: theirs, other: mine}, there[1])

    # ------------------------------------------------------------------ what the rule itself says
    def closing(self, equation: Equation, values: Changes, goals: Mapping[str, Equation]) -> Iterator[Repair]:
        """Yield the slips whose size only the broken rule tells, `values` being the figures as repaired so far."""
        if equation.kind == "rate":
            yield from self._rate(equation, values)
        for name in equation.fields:
            if self._free(name):
                yield from (r for r in self._solved(name, equation, values, goals) if self._closes(r, equation, values))

    def _closes(self, repair: Repair, equation: Equation, values: Changes) -> bool:
        return self._allowed(repair) and equation.holds({**values, **repair.changes})

    def _solved(
        self, name: str, equation: Equation, values: Changes, goals: Mapping[str, Equation]
    ) -> Iterator[Repair]:
        mine, roles = self.values.get(name), self.roles
        if equation.linear:
            yield from self._blank(name, equation, values)
        if mine is None:
            return
        kinds: list[tuple[Kind, str]] = []
        if mine == 0 and name in roles.lines:
            kinds.append(("unfilled", ""))
        if mine:
            kinds += [(self._alike(name, n), n) for n in roles.beside.get(name, ()) if self.values.get(n) == mine]
        if equation.kind == "same" and equation.op == "=":
            kinds += [("bureau", n) for n in equation.fields if n != name and self.figures.sent.get(n) is not None]
        if sum(name in goal.fields for goal in goals.values()) > 1:
            kinds.append(("wrong", ""))
        if kinds:
            for value in self._values_for(name, equation, values):
                yield from (Repair(kind, name, {name: value}, other) for kind, other in kinds)

    def _alike(self, name: str, other: str) -> Kind:
        """Two equal figures side by side: one is a copy; but the figures of one line of a grid, and a rule's two
        sides, are often equal and mean it."""
        if (row := self.form.field(name).row) and row == self.form.field(other).row:
            return "equal"
        sides = (e for e in self.roles.of[name] if other in e.fields)
        return "equal" if any(e.left in (name, other) for e in sides) else "copied"

    def resummed(self, equation: Equation, values: Changes, changed: Iterable[str]) -> Iterator[Repair]:
        """Yield the totals that left out, or counted twice, a line as it is now that a slip in it is undone."""
        for line in changed:
            part = values.get(line)
            for name in self.roles.above.get(line, ()) if part and self.values.get(line) else ():
                mine = self.values.get(name)
                if not mine or not part or name not in equation.fields or not self._free(name):
                    continue
                kinds: tuple[tuple[Kind, float], ...] = (("left_out", mine + part), ("twice", mine - part))
                for kind, value in kinds:
                    made = Repair(kind, name, {name: rounded(value, equation.decimals)}, line)
                    if self._closes(made, equation, values):
                        yield made

    def _values_for(self, name: str, equation: Equation, values: Changes) -> Iterator[float]:
        """Yield what the rules make of a figure: exact equalities first, they leave no room; a rate only of itself."""
        decimals, seen = self.form.field(name).decimals, set()
        for other in sorted(self.roles.of[name], key=lambda e: (e.kind != "same", e is not equation)):
            if other.op != "=" or (other.kind == "rate" and name != other.left):
                continue
            value = other.solved_for(name, values)
            if value is not None and (value := rounded(value, decimals)) not in seen:
                seen.add(value)
                yield value

    def _blank(self, name: str, equation: Equation, values: Changes) -> Iterator[Repair]:
        """A line that is blank closes the gap; one that is missing in its totals too closes the gap of these."""
        mine = values.get(name)
        wanted = equation.solved_for(name, values)
        if wanted is None:
            return
        if self._absent(name) and name in equation.parts and equation.kind == "sum":
            yield Repair("missing", name, {name: rounded(wanted, equation.decimals)}, equation.code)
        more = rounded(wanted - (mine or 0.0), equation.decimals)
        for line in self.roles.below.get(name, ()) if mine is not None else ():
            if self._absent(line) and self._free(line) and line not in equation.fields:
                totals = self.roles.above[line]
                changes = self._raised(totals[: totals.index(name) + 1], more)
                if changes is not None:
                    yield Repair("forgotten", line, {line: more, **changes}, equation.code)

    def _absent(self, name: str) -> bool:
        """True for a line that is not filled in; a carried-over one may say 0 and mean nothing."""
        value = self.values.get(name)
        return value is None or (value == 0 and name in self.roles.carried)

    def _raised(self, names: tuple[str, ...], more: float) -> dict[str, float | None] | None:
        changes: dict[str, float | None] = {}
        for name in names:
            value = self.values.get(name)
            if value is None or not self._free(name):
                return None
            changes[name] = rounded(value + more, self.form.field(name).decimals)
        return changes

    def _rate(self, equation: Equation, values: Changes) -> Iterator[Repair]:
        """A rate cut instead of rounded, given with fewer digits, calculated on another base, or upside down."""
        stated, (part, base), right = values.get(equation.left), equation.parts, equation.sides(values)[1]
        over, under = values.get(part), values.get(base)
        if stated is None or not over or not under or not math.isfinite(right) or not self._free(equation.left):
            return
        changes: Changes = {equation.left: rounded(right, equation.decimals)}
        half, scale = 0.5 * 10.0**-equation.decimals + 1e-6, 10**equation.decimals
        if not self.figures.within(equation.left, changes[equation.left]):
            return
        if abs(math.floor(over / under * 100 * scale + 1e-7) / scale - stated) < 1e-9:
            yield Repair("cut", equation.left, changes, base)
        elif any(_coarse(over / under * 100, stated, digits) for digits in range(equation.decimals)):
            yield Repair("coarse", equation.left, changes, base)
        if abs(under / over * 100 - stated) <= half:
            yield Repair("inverted", equation.left, changes, base)
        section = self.form.field(base).section
        near = dict.fromkeys(f.name for f in self.form.fields if f.section == section and f.type == "amount")
        for other in {**near, **dict.fromkeys(self.roles.below.get(base, ()))}:
            value = values.get(other)
            if value and other not in equation.parts and abs(over / value * 100 - stated) <= half:
                yield Repair("base", equation.left, changes, other)

    def places(self, equation: Equation) -> Iterator[Repair]:
        """Yield what undoes a broken inequality: its own two figures, side by side and close, have changed places."""
        left, right = (self.values.get(n) for n in (equation.fields * 2)[:2])
        if equation.kind == "same" and left and right and 1 / CLOSE < abs(left / right) < CLOSE:
            yield from (r for r in self._swaps(equation.left) if r.kind == "swapped" and r.other == equation.parts[0])


def _coarse(rate: float, stated: float, digits: int) -> bool:
    """True when a stated rate is the right one, rounded or cut to so many digits."""
    cut = math.floor(rate * 10**digits + 1e-7) / 10**digits
    return stated != 0 and (abs(cut - stated) < 1e-9 or abs(rounded(rate, digits) - stated) < 1e-9)
