"""The smallest sets of known slips that, undone, make all broken rules hold at once and break none."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from xltools.rules.diagnosis.equations import Changes, Equation, Figures, rounded
from xltools.rules.diagnosis.slips import Repair, Slips

MOST = 3
"""Slips that are looked for together in one linked component; in a rule that is broken alone one less: any gap is the
sum of some three."""
WORK = 1_500
"""States that are looked at for one component; beyond it nothing is asserted."""
PAIRS = 12_000
"""Pairs of slips in one rule that are tried for a third."""
MORE = 2.0
"""What every further slip costs."""
UNMENDED = 4.0
"""What it costs to leave a broken inequality as it is: it may be the truth."""
CHEAP = 4.0
"""An explanation that costs more is compared with those that need one slip more."""
WIDE = 50
"""Tolerances within which no other set may come for one that has fewer rules than slips to speak for it."""

Applied = tuple[Repair, ...]


@dataclass(frozen=True, slots=True)
class RepairSet:
    """Slips that together explain a component, and how unlikely they are together."""

    repairs: Applied
    cost: float
    whole: bool = True  # nothing is left broken, inequalities included

    @property
    def changes(self) -> dict[str, float | None]:
        """Every figure they change."""
        return {name: value for repair in self.repairs for name, value in repair.changes.items()}


class Search:
    """Looks for the smallest sets of slips behind the broken equalities of one component."""

    def __init__(self, slips: Slips, goals: Sequence[Equation], others: Sequence[Equation]) -> None:
        self.slips = slips
        self.figures: Figures = slips.figures
        self.goals = {e.code: e for e in goals}
        self.others = others
        self.work = WORK
        self.pairs = PAIRS
        self.near = 0
        """How many sets of several slips in one rule come close to its gap: by chance many, by cause one."""
        self.found: dict[frozenset[tuple[str, float | None]], RepairSet] = {}
        self._shifts: dict[str, list[tuple[float, Repair]]] = {}

    @property
    def exhausted(self) -> bool:
        """True when the work was cut off: there may be other sets."""
        return self.work <= 0 or self.pairs <= 0

    def smallest(self) -> list[RepairSet]:
        """Return the sets of the smallest size that explains everything, most likely first."""
        most = MOST
        for size in range(1, MOST + 1):
            if size > most or self.exhausted:
                break
            self.near = 0
            self._extend((), self.figures.values, size)
            if self.found and most == MOST:
                most = size if min(s.cost for s in self.found.values()) <= CHEAP + MORE * (size - 1) else size + 1
        return sorted(self.found.values(), key=lambda s: s.cost)

    # ------------------------------------------------------------------ the sets
    def _extend(self, done: Applied, values: Changes, left: int) -> None:
        """Add slips until nothing is broken: at every step those that make one broken rule hold."""
        self.work -= 1
        if self.work < 0:
            return
        broken = self._broken(done, values)
        if not broken and not left:
            self._keep(done, values)
        open_ = [e for e in broken if e.op == "="] or (
            [] if broken else [e for e in self.others if not e.holds(values)]
        )
        if not left or not open_:
            return
        target = min(open_, key=lambda e: (not e.linear, len(e.fields)))
        for more in self._closing(target, done, values, left if target.op == "=" else 1):
            self._extend((*done, *more), _applied(values, more), left - len(more))

    def _broken(self, done: Applied, values: Changes) -> list[Equation]:
        touched = {name for repair in done for name in repair.changes}
        found = [e for e in self.goals.values() if not e.holds(values)]
        found += [e for e in self.figures.passing.values() if not touched.isdisjoint(e.fields) and not e.holds(values)]
        return found

    def _keep(self, done: Applied, values: Changes) -> None:
        kinds = [r.kind for r in done]
        if kinds.count("swapped") + kinds.count("row") > 1 or not all(self._spoken_for(r, done) for r in done):
            return
        unmended = sum(not e.holds(values) for e in self.others)
        cost = MORE * (len(done) - 1) + sum(r.cost for r in done) + UNMENDED * unmended
        made = RepairSet(tuple(sorted(done, key=lambda r: (r.cost, r.main))), cost, unmended == 0)
        key = frozenset(made.changes.items())
        if key not in self.found or cost < self.found[key].cost:
            self.found[key] = made

    def _spoken_for(self, repair: Repair, done: Applied) -> bool:
        """True but for a figure that is just wrong and that no two rules, of their own, give the same size."""
        if repair.kind != "wrong":
            return True
        other = {name for r in done if r is not repair for name in r.changes}
        own = (e for e in self.goals.values() if repair.main in e.fields and other.isdisjoint(e.fields))
        return sum(1 for _ in own) > 1

    # ------------------------------------------------------------------ one rule
    def _closing(self, target: Equation, done: Applied, values: Changes, most: int) -> Iterator[Applied]:
        """Yield one to `most` slips that together, and not fewer of them, make `target` hold."""
        used = {name for repair in done for name in repair.changes}
        row = _Row(target, values, [known for known in self._shifted(target) if used.isdisjoint(known[1].changes)])
        alone = row.alone()
        yield from ((r,) for r in alone)
        solved = chain(self.slips.closing(target, values, self.goals), self.slips.resummed(target, values, used))
        yield from ((r,) for r in solved if used.isdisjoint(r.changes))
        if most > 1:
            rest = _Row(target, values, [known for known in row.known if known[1] not in alone])
            for at, (_, first) in enumerate(rest.known):
                for last in rest.closing((at,), self._spend):
                    yield first, last
                taken, tried = used | first.changes.keys(), _applied(values, (first,))
                yield from (
                    (first, last)
                    for last in chain(
                        self.slips.resummed(target, tried, first.changes), self._solved_behind(first, target, tried)
                    )
                    if taken.isdisjoint(last.changes)
                )
        if most > 2 and target.linear and len(self.goals) > 1:
            for at, (_, first) in enumerate(rest.known):
                for behind in range(at + 1, len(rest.known)):
                    for last in rest.closing((at, behind), self._spend):
                        yield first, rest.known[behind][1], last

    def _spend(self, close: int) -> bool:
        """Count a pair that is tried, and the sets that come close; False when the work is used up."""
        self.pairs -= 1
        self.near += close
        return self.pairs >= 0

    def _solved_behind(self, first: Repair, target: Equation, values: Changes) -> Iterator[Repair]:
        """Yield what closes the gap that one slip leaves, where another broken rule speaks for either of the two."""
        elsewhere = {n for e in self.goals.values() if e is not target for n in e.fields}
        speaks = not elsewhere.isdisjoint(first.changes)
        if speaks or not elsewhere.isdisjoint(target.fields):
            found = self.slips.closing(target, values, {})
            yield from (r for r in found if speaks or not elsewhere.isdisjoint(r.changes))

    def _shifted(self, equation: Equation) -> list[tuple[float, Repair]]:
        """Return the slips in a rule's figures by how much undoing them shifts its left side against its right."""
        if equation.code not in self._shifts:
            found = [(self._shift(equation, r), r) for r in self.slips.touching(equation)]
            if equation.linear:
                found = sorted((f for f in found if f[0]), key=lambda f: f[0])
            self._shifts[equation.code] = found
        return self._shifts[equation.code]

    def _shift(self, equation: Equation, repair: Repair) -> float:
        if not equation.linear:
            return 0.0
        total = 0.0
        for name, value in repair.changes.items():
            change = (value or 0.0) - (self.figures.values.get(name) or 0.0)
            total += change * ((name == equation.left) - equation.parts.count(name))
        return rounded(total, equation.decimals)


class _Row:
    """The slips in one rule by rising shift: finds those that close its gap, alone or as the last of several."""

    def __init__(self, target: Equation, values: Changes, known: list[tuple[float, Repair]]) -> None:
        self.target, self.values, self.known = target, values, known
        self.sizes = [size for size, _ in known]
        left, right = target.sides(values)
        self.gap = right - left
        self.room = target.allowed(values) + 10.0**-target.decimals

    def alone(self) -> list[Repair]:
        """Return the slips that make the rule hold alone."""
        low, high = 0, len(self.known)
        if self.target.linear:
            low, high = bisect_left(self.sizes, self.gap - self.room), bisect_right(self.sizes, self.gap + self.room)
        return [r for _, r in self.known[low:high] if _closes(self.target, self.values, r)]

    def closing(self, before: tuple[int, ...], spend: Callable[[int], bool]) -> Iterator[Repair]:
        """Yield what closes the gap that those `before` leave; each set once, as its last comes behind the others."""
        start, low, high, close = before[-1] + 1, before[-1] + 1, len(self.known), 0
        if self.target.linear:
            need = self.gap - sum(self.sizes[at] for at in before)
            low = bisect_left(self.sizes, need - self.room, start)
            high = bisect_right(self.sizes, need + self.room, low)
            wide = WIDE * self.room
            close = bisect_right(self.sizes, need + wide, start) - bisect_left(self.sizes, need - wide, start)
        if not spend(close):
            return
        first = tuple(self.known[at][1] for at in before)
        for _, last in self.known[low:high]:
            names = [name for repair in (*first, last) for name in repair.changes]
            if len(names) == len(set(names)) and _closes(self.target, _applied(self.values, first), last):
                yield last


def _closes(target: Equation, values: Changes, repair: Repair) -> bool:
    return target.holds({**values, **repair.changes})


def _applied(values: Changes, repairs: Applied) -> Changes:
    changed = dict(values)
    for repair in repairs:
        changed |= repair.changes
    return changed
