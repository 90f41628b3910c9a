"""Sums and roundings."""

from __future__ import annotations

import pytest

from xltools.summary.numbers import exact_sum, half_up, share
from xltools.writing.consolidated.excel_limits import ExcelLimits, cut
from xltools.writing.consolidated.names import Names, suffixes


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [(0.125, 2, 0.13), (97.295, 2, 97.3), (-0.125, 2, -0.13), (1e15 + 0.3, 0, 1e15), (-0.001, 2, 0.0)],
)
def test_half_up_as_a_spreadsheet(value: float, decimals: int, expected: float) -> None:
    assert half_up(value, decimals) == expected
    assert str(half_up(-0.001, 2)) == "0.0"


def test_exact_sum_knows_no_float_residue_and_skips_what_is_no_figure() -> None:
    assert exact_sum([0.1] * 10, 2) == 1.0
    assert exact_sum([1.005, None, "2", True, 0.1], 3) == 1.105


def test_a_zero_base_is_incomparable() -> None:
    assert share(1, 0) is None and share(1, 3) == 33.33


def test_long_texts_say_how_long_they_were() -> None:
    text = cut("字" * 50_000, ExcelLimits())
    assert len(text) == 32_767 and "原文 50000 字" in text[-40:]
    assert cut("短", ExcelLimits()) == "短"


def test_sheet_names_stay_within_31_and_apart() -> None:
    ends = suffixes({"a" * 60 + "1": "", "a" * 60 + "2": "", "b/c": ""})
    names = [Names(end)("绩效指标明细") for end in ends.values()]
    assert len({n.lower() for n in names}) == 3 and all(len(n) <= 31 and "/" not in n for n in names)
    assert suffixes({"only": ""}) == {"only": ""}
