"""Two figures show another unit only where one is exactly the other's in it; growth and small change show none."""

from __future__ import annotations

import copy

import pytest

from tests.support.forms import built, checked, clean, form
from xltools.rules.slipped_units import HUNDRED_MILLION, THOUSANDS, YUAN, Slip, slip_between, slip_of_all


@pytest.mark.parametrize(
    ("value", "right", "slip"),
    [
        (27_680_000, 2768, YUAN),
        (27_680, 2768, THOUSANDS),
        (0.28, 2768, HUNDRED_MILLION),
        (2768, 2768, None),
        (2_768, 2_500, None),
        (21_000, 2768, None),
        (0.02, 0.03, None),
        (0, 2768, None),
        (-27_680, 2768, None),
    ],
)
def test_one_figure(value: float, right: float, slip: Slip | None) -> None:
    assert slip_between(value, right) == slip


@pytest.mark.parametrize(
    ("ratios", "slip"),
    [
        ((10_000, 9_500, 12_000), YUAN),
        ((9.6, 10.4, 11), THOUSANDS),
        ((0.0001, 0.00009, 0.00012), HUNDRED_MILLION),
        ((1.1, 0.9, 10), None),
        ((3, 3, 3), None),
        ((10, 10), None),
    ],
)
def test_all_totals(ratios: tuple[float, ...], slip: Slip | None) -> None:
    assert slip_of_all([(ratio * 100, 100) for ratio in ratios]) == slip


@pytest.mark.parametrize("factor", [10_000, 10, 0.0001])
def test_what_the_bureau_locked_is_never_suspected(factor: float) -> None:
    definition = form("guangdong-2023")
    locked = {f.name for f in definition.fields if f.locked}
    values = copy.deepcopy(clean(definition.id))
    for item in definition.fields:
        if item.type == "amount" and isinstance(values.get(item.name), int | float) and item.name not in locked:
            values[item.name] = round(values[item.name] * factor, 4)
    named = [f.field.zh for f in checked(built(definition.id, values)).findings if f.code == "VA014"]
    assert named and not locked & set(named)
