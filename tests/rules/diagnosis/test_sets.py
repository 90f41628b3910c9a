"""Two and three slips in one chain, against an oracle that tries everything: the right set first, hardly ever a wrong one."""

from __future__ import annotations

import math
import os
from dataclasses import dataclass

import pytest

from tests.support.forms import form
from tests.support.oracle import Oracle, alike
from tests.support.slips import Plan, Slipped, cases
from xltools.rules.diagnosis import search
from xltools.rules.diagnosis.causes import Explanation, Guesser
from xltools.rules.diagnosis.slips import Repair

EVERY = os.environ.get("XLTOOLS_EVERY") == "1"
COUNT = 200 if EVERY else 30
SEED = 2026
GAP_ONLY = ("unfilled", "missing", "forgotten")
"""Kinds whose words name the line and the difference, but no figure that should stand there."""
RATES = ("cut", "base", "inverted")
"""A rate of rounded figures is not exactly that of the amounts behind them."""


@dataclass
class Tally:
    """What came out of a set of cases."""

    all: int = 0
    unique: int = 0
    first: int = 0
    wrong: int = 0


def explained(case: Slipped) -> list[Explanation]:
    guesser = Guesser(case.figures)
    known = (guesser.verdict(code) for code in case.figures.broken)
    return list(dict.fromkeys(v for v in known if v is not None))


def right(repair: Repair, truth: Plan) -> bool:
    """True when what is said of a slip is what was planted."""
    if repair.kind in GAP_ONLY:
        return repair.main in truth
    if repair.kind in RATES and repair.main in truth:
        return math.isclose(repair.changes[repair.main] or 0.0, truth[repair.main] or 0.0, rel_tol=0.01)
    return repair.changes.keys() <= truth.keys() and alike(dict(repair.changes), {n: truth[n] for n in repair.changes})


def tallied(count: int, sizes: tuple[int, ...]) -> Tally:
    tally = Tally()
    for case in cases(count, sizes, SEED):
        verdicts = explained(case)
        tally.all += 1
        tally.wrong += any(not right(repair, case.right) for v in verdicts for repair in v.agreed)
        sets = Oracle(case, form(case.form_id)).smallest()
        if len(sets) == 1:
            tally.unique += 1
            tally.first += alike({n: x for v in verdicts if v.sets for n, x in v.sets[0].changes.items()}, sets[0])
    return tally


def test_the_only_explanation_of_several_slips_comes_first() -> None:
    tally = tallied(COUNT, (2, 3))
    assert tally.unique >= tally.all / 2, tally
    assert tally.first >= 0.8 * tally.unique, tally
    assert tally.wrong <= max(1, 0.02 * tally.all), tally


def test_one_slip_is_told_as_before_or_better() -> None:
    tally = Tally()
    for case in cases(COUNT, (1,), SEED):
        verdicts = explained(case)
        tally.all += 1
        tally.first += any(v.sets and right(v.sets[0].repairs[0], case.right) for v in verdicts)
        tally.wrong += any(not right(repair, case.right) for v in verdicts for repair in v.agreed)
    assert tally.first >= 0.8 * tally.all and tally.wrong <= max(1, 0.02 * tally.all), tally


def test_what_is_said_of_several_rules_can_all_be_true() -> None:
    for case in cases(COUNT, (2, 3), SEED + 1):
        figures = case.figures
        said: Plan = {}
        for verdict in explained(case):
            for repair in verdict.agreed:
                for name, value in repair.changes.items():
                    assert said.setdefault(name, value) == value, case.kinds
        after = figures.values | said
        assert all(e.holds(after) for e in figures.passing.values()), case.kinds
        assert not said.keys() & figures.sent.keys(), case.kinds


@pytest.mark.parametrize("bound", ["WORK", "PAIRS"])
def test_beyond_the_bound_of_work_nothing_is_asserted(bound: str, monkeypatch: pytest.MonkeyPatch) -> None:
    case = next(c for c in cases(40, (2,), SEED) if any(v.agreed for v in explained(c)) and len(c.figures.broken) > 1)
    monkeypatch.setattr(search, bound, 0)
    assert not any(v.agreed for v in explained(case))
