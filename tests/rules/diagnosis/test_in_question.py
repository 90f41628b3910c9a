"""No figure that should stand somewhere comes from a figure that is itself in question: what comes first is named."""

from __future__ import annotations

import copy
import os
import random
from collections.abc import Iterator

import pytest

from tests.support.fillings import filling
from tests.support.forms import Values, built, checked, clean, form, said, wording
from xltools.findings.finding import Finding

FORM = "guangdong-2023"
TRIALS = int(os.environ.get("XLTOOLS_SLIPS", "400" if os.environ.get("XLTOOLS_EVERY") else "8"))

FIRST = {
    "a figure that its own rule corrects": ({"执行数": 1205.0}, "EX101", "B36“执行数”"),
    "the base of the rate": ({"全年预算数": 1111.0}, "EX101", "B34“全年预算数”"),
    "a part that two digits were exchanged in": ({"人员经费": 602.5}, "BA107", "B23“人员经费”"),
    "a total that nothing explains": ({"基本支出": 700.0, "本年支出合计": 1300.0}, "BA106", "B22“基本支出”"),
    "that total in turn": ({"基本支出": 700.0, "本年支出合计": 1300.0}, "BA102", "B21“本年支出合计”"),
    "the rate, where it is bounded": ({"执行数": 1099.0, "支出率": 50.0}, "EX106", "本格的另一项"),
}


def _changed(changes: Values) -> list[Finding]:
    return [f for f in checked(built(FORM, copy.deepcopy(clean(FORM)) | changes)).findings if f.is_open]


@pytest.mark.parametrize(("changes", "code", "first"), FIRST.values(), ids=FIRST)
def test_what_comes_first_is_named_and_no_figure(changes: Values, code: str, first: str) -> None:
    finding = next(f for f in _changed(changes) if f.code == code)
    for reader in ("department", "coordinator"):
        message = said(finding, reader=reader)  # type: ignore[arg-type]
        assert f"先改{'' if first.startswith('本格') else ' '}{first}" in message and "应为" not in message, message
    assert wording().expected(finding) == "" and wording().first(finding)


def test_a_slip_by_itself_keeps_its_figure() -> None:
    finding = next(f for f in _changed({"支出率": 96.57}) if f.code == "EX101")
    assert not finding.awaits and "应为 96.75%" in said(finding)


def test_a_limit_does_not_come_before_what_it_limits() -> None:
    """Either of the two may be wrong; that they may have changed places is a hint, no order."""
    finding = next(f for f in _changed({"固定资产总额": 900.0, "在用固定资产": 905.0}) if f.code == "AS101")
    assert not finding.awaits and "应不大于 900.00 万元" in said(finding)


def test_a_cell_is_told_one_figure() -> None:
    """收入总计 is neither the sum of its parts nor the total expenditure, which differ."""
    changes = {"收入总计": 1303.0, "年初结转和结余": 57.0}
    told = [f for f in _changed(changes) if f.cell == "B6" and wording().expected(f) == "="]
    assert len({f.expected for f in told}) <= 1


def _slipped(seed: int) -> Iterator[Values]:
    """Yield a filling with three amounts mistyped."""
    dice = random.Random(seed)
    right = filling(FORM, dice)
    amounts = [f.name for f in form(FORM).fields if f.type == "amount" and f.is_input and not f.locked]
    wrong = copy.deepcopy(right)
    for name in dice.sample([n for n in amounts if isinstance(right.get(n), int | float) and right[n]], 3):
        wrong[name] = round(right[name] * dice.choice((0.5, 1.1, 1.37, 2.0)) + dice.choice((0.0, 3.0)), 2)
    yield wrong


def test_no_figure_is_told_that_comes_from_a_cell_told_to_be_another() -> None:
    """Three figures mistyped at once: what is told for one cell never rests on a cell that is told another figure."""
    told = 0
    for seed in range(TRIALS):
        for wrong in _slipped(seed):
            findings = [f for f in checked(built(FORM, wrong)).findings if f.is_open]
            equal = [f for f in findings if wording().expected(f) == "=" and isinstance(f.expected, int | float)]
            others = {(f.sheet, f.cell): f for f in equal if f.level == "error"}
            for finding in equal:
                told += 1
                doubtful = [r for r in finding.related if others.get((r.sheet, r.cell), finding) is not finding]
                assert not doubtful, (seed, finding.code, finding.cell, doubtful)
    assert told
