"""Likely causes of broken rules: said only where one explanation of all of them stands out, else which lines to look at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from xltools.bilingual import Pair, joined
from xltools.rules.diagnosis.cause_words import coincidence, one_of, said, several
from xltools.rules.diagnosis.equations import Equation, Figures
from xltools.rules.diagnosis.search import RepairSet, Search
from xltools.rules.diagnosis.slips import SOLVED, Repair, Slips

CLEARLY = 2.0
"""By so much the best explanation must be likelier than the next one."""
ALIKE = 0.05
"""Two sizes of one missing line that differ by less are one: the figures around it are rounded."""
BLANKS = 2
"""Blank lines of which one may be missing, each worth naming."""
FEW = 4
"""Lines in question that are worth naming; of more, the rule's own words say as much."""


@dataclass(frozen=True, slots=True, eq=False)
class Explanation:
    """What is known of a component: its broken rules; the explanations, best first; the slips that all likely ones
    share; the figures in question otherwise."""

    codes: frozenset[str]
    sets: tuple[RepairSet, ...]
    agreed: tuple[Repair, ...]
    doubtful: tuple[str, ...] = ()

    @property
    def certain(self) -> bool:
        """True when the best explanation stands out as a whole."""
        return bool(self.sets) and len(self.agreed) == len(self.sets[0].repairs)


class Guesser:
    """Explains the broken rules of one submission, component by component."""

    def __init__(self, figures: Figures) -> None:
        self.figures = figures
        self.slips = Slips(figures)
        self._verdicts: dict[str, Explanation] | None = None

    def verdict(self, code: str) -> Explanation | None:
        """Return what is known of the component of a broken rule; None for a rule that no equation stands for."""
        if self._verdicts is None:
            self._verdicts = {code: v for v in self._all() for code in v.codes}
        return self._verdicts.get(code)

    def _all(self) -> Iterator[Explanation]:
        """Yield what is known of every component; one whose rules another one's explanation mends belongs to it."""
        open_ = self._crossed(self._once())
        certain = [v for v in open_ if v.certain]
        if certain and len(certain) < len(open_) and self._together(certain):
            rest = [code for v in open_ if not v.sets for code in v.codes]
            again = Guesser(self.figures.mended({n: x for v in certain for n, x in v.sets[0].changes.items()}, rest))
            found = [v for v in again._once() if v.sets]
            known = {code for v in found for code in v.codes}
            open_ = [v for v in open_ if v.sets or not v.codes <= known] + found
        for verdict in sorted(open_, key=lambda v: not v.certain):
            if verdict in open_:
                mended = self.figures.effect(verdict.sets[0].changes) if verdict.certain else frozenset[str]()
                also = [v for v in open_ if v is not verdict and v.codes <= mended]
                open_ = [v for v in open_ if v is not verdict and v not in also]
                yield replace(verdict, codes=verdict.codes.union(*(v.codes for v in also)))

    def _crossed(self, open_: list[Explanation]) -> list[Explanation]:
        """Join two components that one exchange of two figures, one of each, mends, where nothing surer is known."""
        for one, other in combinations([v for v in open_ if not v.certain], 2):
            codes, found = one.codes | other.codes, dict[frozenset[str], Repair]()
            theirs = {n for c in other.codes for n in self.figures.broken[c].fields}
            for name in dict.fromkeys(n for c in sorted(one.codes) for n in self.figures.broken[c].fields):
                for repair in self.slips.of(name):
                    if (
                        repair.kind == "swapped"
                        and repair.other in theirs
                        and self.figures.effect(repair.changes) >= codes
                    ):
                        found.setdefault(frozenset(repair.changes), repair)
            if len(found) == 1:
                (repair,) = found.values()
                joint = Explanation(codes, (RepairSet((repair,), repair.cost),), (repair,))
                return self._crossed([joint, *(v for v in open_ if v not in (one, other))])
        return open_

    def _once(self) -> list[Explanation]:
        """Return what each component says of itself; what cannot be true beside another one's words is not said."""
        found: list[Explanation] = []
        for goals, others in _components(list(self.figures.broken.values())):
            made = list(self._judged(goals, others))
            found += made if self._together([*found, *made]) else [replace(v, agreed=()) for v in made]
        return found

    def hint(self, code: str) -> Pair | None:
        """Return the likely cause of one broken rule, or which lines are in question; None when nothing can be said."""
        verdict, equation = self.verdict(code), self.figures.broken.get(code)
        if verdict is None or equation is None:
            return None
        sure = [r for r in verdict.agreed if not r.changes.keys().isdisjoint(equation.fields)]
        texts = [said(self.figures, r, _alternatives(verdict.sets, r)) for r in sure]
        named = {n for r in sure for n in r.changes}
        rest = [] if verdict.certain else [n for n in verdict.doubtful if n in equation.fields and n not in named]
        if not texts:
            texts = [coincidence(self.figures, n) for n in self._coincidences(equation)]
        if 0 < len(rest) <= FEW and (texts or rest != [equation.left]):
            texts.append(one_of(self.figures, rest))
        elif len(sure) > 1:
            return several(texts)
        return joined(texts, "；", "; ") if texts else None

    def together(self) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
        """Yield the codes that one slip broke, and the figures it stands in: in a component that one slip explains,
        whichever it is; where there are several slips, what only one of them touches."""
        figures = self.figures
        for verdict in dict.fromkeys(filter(None, map(self.verdict, figures.broken))):
            if not verdict.sets or (len(verdict.sets[0].repairs) > 1 and not verdict.certain):
                continue
            best = verdict.sets[0].repairs
            touching = {
                c: [r for r in best if not r.changes.keys().isdisjoint(figures.broken[c].fields)] for c in verdict.codes
            }
            for repair in best:
                codes = (c for c, own in touching.items() if own == [repair])
                yield frozenset(codes), frozenset(repair.changes)

    # ------------------------------------------------------------------ one component
    def _judged(self, goals: Sequence[Equation], others: Sequence[Equation]) -> Iterator[Explanation]:
        """Yield what is known of a component; where it is too much for one search, of its parts."""
        if not goals:
            yield self._exchanged(others)
            return
        whole = self._explained(goals, others)
        parts = list(_components([*goals, *others], by_goals=True))
        if whole.sets or len(parts) == 1:
            yield whole
            return
        made = [self._explained(*part) for part in parts if part[0]]
        yield from made if self._together(made) else [whole]

    def _together(self, verdicts: Sequence[Explanation]) -> bool:
        """True when what is said of several components can all be: no figure would be two, and no rule would break."""
        said: dict[str, float | None] = {}
        for verdict in verdicts:
            for repair in verdict.agreed:
                if any(said.setdefault(n, value) != value for n, value in repair.changes.items()):
                    return False
        values = {**self.figures.values, **said}
        return all(e.holds(values) for e in self.figures.passing.values() if not said.keys().isdisjoint(e.fields))

    def _explained(self, goals: Sequence[Equation], others: Sequence[Equation]) -> Explanation:
        search = Search(self.slips, goals, others)
        sets = search.smallest()
        near = [s for s in sets if s.cost < sets[0].cost + CLEARLY]
        agreed = _shared(near)
        if search.exhausted or (sets and len(sets[0].repairs) > len(goals) and search.near > len(near)):
            agreed = ()
        doubtful = dict.fromkeys(n for s in near for n in s.changes) if near else dict.fromkeys(self._unchecked(goals))
        return Explanation(frozenset(e.code for e in (*goals, *others)), tuple(sets), agreed, tuple(doubtful))

    def _exchanged(self, others: Sequence[Equation]) -> Explanation:
        """Of inequalities alone only an exchange is said, and only where a rule is broken that has no exception."""
        codes = frozenset(e.code for e in others)
        found = []
        for equation in others:
            if self.figures.form.rule(equation.code).level == "error":
                repairs = self.slips.places(equation)
                found += [RepairSet((r,), r.cost) for r in repairs if self.figures.effect(r.changes) >= codes]
        return Explanation(codes, tuple(found), found[0].repairs if len(found) == 1 else ())

    def _unchecked(self, goals: Sequence[Equation]) -> Iterator[str]:
        holding = {n for e in self.figures.passing.values() if e.op == "=" for n in e.fields}
        for name in dict.fromkeys(n for e in goals for n in e.fields):
            if name not in self.figures.sent and name not in holding and self.figures.values.get(name) != 0:
                yield name

    def _coincidences(self, equation: Equation) -> Iterator[str]:
        """Yield the carried-over figure that is just the difference and no part of the rule."""
        left, right = equation.sides(self.figures.values)
        if equation.linear:
            for name in self.slips.roles.carried:
                value = self.figures.values.get(name)
                if value and name not in equation.fields and abs(abs(left - right) - abs(value)) < 1e-6:
                    yield name


def _shared(near: Sequence[RepairSet]) -> tuple[Repair, ...]:
    """Return the slips that all likely explanations share; which of two blank lines is missing may stay open."""
    if not near:
        return ()
    shared: list[Repair] = []
    for repair in near[0].repairs:
        lines = {r.main for s in near for r in s.repairs if _same_but_line(r, repair)}
        if all(any(_same_but_line(r, repair) for r in s.repairs) for s in near) and len(lines) <= BLANKS:
            shared.append(repair)
    sure = near[0].whole and len(shared) == len(near[0].repairs)
    return tuple(r for r in shared if r.kind != "equal" and (sure or r.kind not in SOLVED))


def _same_but_line(one: Repair, other: Repair) -> bool:
    """True for one and the same change, and for two that differ only in which blank line of a sum is missing."""
    if one.kind == other.kind == "missing":
        return one.other == other.other and abs(_size(one) - _size(other)) < ALIKE
    return one.changes == other.changes


def _size(repair: Repair) -> float:
    return repair.changes[repair.main] or 0.0


def _alternatives(sets: Sequence[RepairSet], repair: Repair) -> list[str]:
    """Return the blank lines of which one is missing, the repair's own first."""
    if repair.kind != "missing":
        return [repair.main]
    near = (s for s in sets if s.cost < sets[0].cost + CLEARLY)
    same = (r.main for s in near for r in s.repairs if r.kind == "missing" and r.other == repair.other)
    return list(dict.fromkeys((repair.main, *same)))


def _components(broken: Sequence[Equation], by_goals: bool = False) -> Iterator[tuple[list[Equation], list[Equation]]]:
    """Yield the broken rules that are linked by their figures, equalities and others; `by_goals`: only equalities
    link, an inequality goes with the first that reads one of its figures. Inequalities alone stand each alone."""
    goals = [e for e in broken if e.op == "=" and e.kind != "fixed"]
    others = [e for e in broken if e not in goals]
    while goals:
        own, beside, names = [goals.pop(0)], list[Equation](), set[str]()
        while names != (names := {n for e in (*own, *([] if by_goals else beside)) for n in e.fields}):
            own += [e for e in goals if not names.isdisjoint(e.fields)]
            beside += [e for e in others if e not in beside and not names.isdisjoint(e.fields)]
            goals = [e for e in goals if e not in own]
        yield own, beside
        others = [e for e in others if e not in beside]
    yield from (([], [e]) for e in others)
