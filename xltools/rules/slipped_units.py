"""The units that amounts are entered in instead of ten thousands of yuan, and how two figures show one."""

from __future__ import annotations

from typing import NamedTuple

TEN_THOUSAND = 10_000


class Slip(NamedTuple):
    """Another unit, and how many times too large it makes a figure."""

    unit: str
    factor: float


YUAN, THOUSANDS, HUNDRED_MILLION = Slip("元", TEN_THOUSAND), Slip("千元", 10), Slip("亿元", 1 / TEN_THOUSAND)
SLIPS = (YUAN, THOUSANDS, HUNDRED_MILLION)
_NEAR, _SHORTEST = 0.002, 0.005
"""How near a converted figure must come to what it should be; one in a large unit has lost its last digits."""


def slip_between(value: float, right: float) -> Slip | None:
    """Return the unit in which `value` says what `right` says in the form's."""
    for slip in SLIPS:
        lost = _SHORTEST / slip.factor if slip.factor < 1 else 0.0
        if abs(value / slip.factor - right) <= max(abs(right) * _NEAR, lost, 0.01):
            return slip if abs(right) >= 1 and value * right > 0 else None
    return None


def slip_of_all(pairs: list[tuple[float, float]]) -> Slip | None:
    """Return the unit of a workbook whose figures are all so many times another's (figures of another year: roughly)."""
    ratios = [value / right for value, right in pairs if right and value * right > 0]
    if len(ratios) < 3:
        return None
    for slip, low, high in ((YUAN, 1_000, 100_000), (THOUSANDS, 7, 14), (HUNDRED_MILLION, 0.00001, 0.001)):
        if all(low <= ratio <= high for ratio in ratios):
            return slip
    return None
