"""Rates of parts against the rate of their whole: what each tells of the budget, or of last year, must add up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from xltools.intake.narrative.facts.figures import Figure
from xltools.intake.narrative.facts.known import BUDGETS
from xltools.intake.narrative.facts.lists import Listing
from xltools.intake.narrative.facts.numbers import SCALES
from xltools.rules.arithmetic.sums import first_levels, fits
from xltools.rules.arithmetic.verdicts import Discrepancy, Kind, discrepancy, one_digit_apart, percent, shown

_ALL = Decimal(100)
_FEWEST, _MOST = 2, 12
_LEAST = Decimal(1)
"""A rate under 1 % tells next to nothing of what it is of."""
_NAMES = {"completion": "预算约", "growth": "上年约"}


@dataclass(frozen=True, slots=True)
class _Option:
    """A rate that may be the wrong one, its figure, and what the other rates leave it to be of."""

    rate: Figure
    part: Figure
    base: Decimal

    @property
    def right(self) -> Decimal:
        """The rate that would go with the others."""
        right = self.part.amount / self.base * _ALL
        return right if self.rate.function == "completion" else (right - _ALL) * self.rate.direction


@dataclass(frozen=True, slots=True)
class _Base:
    """Between what a figure's base lies, and the rate that says so (None: it is told, not implied)."""

    low: Decimal
    high: Decimal
    rate: Figure | None


def implied(lists: Sequence[Listing]) -> Iterator[Discrepancy]:
    """Yield the rate that does not go with the rates of the parts, where the parts make the whole."""
    for listing in lists:
        for head, parts in first_levels(listing) if not listing.items else ():
            if _FEWEST <= len(parts) <= _MOST and head.kind == "money" and fits(head, parts):
                for function in ("completion", "growth"):
                    found = _judge(head, parts, function)
                    if found is not None:
                        yield found


def _judge(head: Figure, parts: Sequence[Figure], function: str) -> Discrepancy | None:
    whole = _base(head, function)
    told = [p for p in parts if p.amount]
    bases = [_base(p, function) for p in told]
    if whole is None or len(told) < _FEWEST or (len(told) != len(parts) and function == "growth"):
        return None
    if any(b is None or b.rate is None for b in bases):
        return None
    low, high = (sum((getattr(b, side) for b in bases), Decimal(0)) for side in ("low", "high"))
    if (low <= whole.high and whole.low <= high) or (len(told) != len(parts) and high < whole.low):
        return None
    rates = [b.rate for b in bases if b is not None and b.rate is not None]
    one = _say(head, told, rates, whole, (low + high) / 2)
    return one if len(told) == len(parts) else _bounded(one)


def _base(figure: Figure, function: str) -> _Base | None:
    """What the rate right behind a figure says it is of, a last digit cut or rounded either way; a budget told before it."""
    figures = figure.sentence.figures
    place = figures.index(figure)
    before = figures[place - 1] if place and function == "completion" and figure.scope.stage == "final" else None
    if before is not None and _told_budget(before, figure):
        same = before.number.unit == figure.number.unit
        return _Base(before.amount - before.slack, before.amount + before.slack, None) if same else None
    for behind in figures[place + 1 : place + 4]:
        if behind.function == "amount" or not behind.number.exact:
            return None
        if behind.function == function and behind.number.unit == "%":
            if "；" in figure.sentence.passage.text[figure.end : behind.start]:
                return None
            return _of_rate(figure, behind, function)
    return None


def _told_budget(before: Figure, final: Figure) -> bool:
    plain = before.function == "amount" and before.number.exact and before.kind == final.kind
    return plain and before.scope.stage in BUDGETS


def _of_rate(figure: Figure, rate: Figure, function: str) -> _Base | None:
    if function == "completion" and "预算" not in rate.base:
        return None
    half = rate.number.half * 2
    stated = rate.number.value if function == "completion" else _ALL + rate.direction * rate.number.value
    if stated - half < _LEAST:
        return None
    low = (figure.amount - figure.slack) / (stated + half) * _ALL
    return _Base(low, (figure.amount + figure.slack) / (stated - half) * _ALL, rate)


def _say(head: Figure, parts: Sequence[Figure], rates: Sequence[Figure], whole: _Base, total: Decimal) -> Discrepancy:
    """Say it of the one rate that one digit would mend, else of the whole's (of the largest part's, where that is sure)."""
    middle = (whole.low + whole.high) / 2
    options = [_Option(r, p, middle - (total - _middle(p, r))) for p, r in zip(parts, rates, strict=True)]
    options.sort(key=lambda option: option.part.amount)
    if whole.rate is not None:
        options.append(_Option(whole.rate, head, total))
    near = [option for option in options if option.base > 0 and _one_digit(option.rate, option.right)]
    told = near[0] if len(near) == 1 else options[-1]
    if told.base <= 0:
        told = _Option(told.rate, told.part, told.part.amount)
    scale = -SCALES.get(head.number.unit, 0)
    raw = f"{shown(told.base, head)}（按其余各项的比率推算）"
    base = replace(head, number=replace(head.number, value=told.base.scaleb(scale), raw=raw))
    kind: Kind = "completion" if told.rate.function == "completion" else "growth"
    sources = (base, told.part) if kind == "completion" else (told.part, base)
    one = discrepancy(kind, told.rate, percent(told.right, told.rate), sources, "confirm")
    words = _NAMES[kind]
    return replace(one, sources=tuple(replace(s, words=words) if s.raw == raw else s for s in one.sources))


def _bounded(one: Discrepancy) -> Discrepancy:
    """Of a list with a part that spent nothing, whose budget is not known: what is reckoned is a bound."""
    sources = tuple(replace(s, raw=f"≤{s.raw}" if s.words == _NAMES["completion"] else s.raw) for s in one.sources)
    return replace(one, recomputed=f"≥{one.recomputed}", sources=sources)


def _middle(part: Figure, rate: Figure) -> Decimal:
    stated = rate.number.value if rate.function == "completion" else _ALL + rate.direction * rate.number.value
    return part.amount / stated * _ALL


def _one_digit(rate: Figure, right: Decimal) -> bool:
    """True when one digit of the rate, its last being unsure, makes it the other."""
    step = rate.number.half * 2
    near = (right.quantize(step) + step * off for off in (-1, 0, 1))
    return any(one_digit_apart(rate.number.value, value, rate.number.decimals) for value in near)
