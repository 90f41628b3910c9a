"""Sums and roundings as a spreadsheet does them, and the exact sums that prove them."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeGuard

Number = int | float


def is_number(value: object) -> TypeGuard[Number]:
    """True for a figure; True and False are no figures."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def half_up(value: Number, decimals: int) -> float:
    """Round as ROUND() does: half up, on the decimal number of 15 digits that a spreadsheet shows."""
    rounded = Decimal(f"{value:.15g}").quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return float(rounded) + 0.0


def exact_sum(values: Iterable[object], decimals: int) -> float:
    """Return the sum of the figures among `values`, added as decimal numbers, so that no order and no float matters."""
    total = sum(
        (Decimal(repr(v)) for v in values if isinstance(v, int | float) and not isinstance(v, bool)), Decimal(0)
    )
    return float(total.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)) + 0.0


def share(part: Number, whole: Number, decimals: int = 2) -> float | None:
    """Return part ÷ whole in percent, or None where a zero base makes it incomparable."""
    return None if whole == 0 else half_up(part / whole * 100, decimals)
