"""Shares told side by side: the one that is not its amount's part of all of them, and shares that are not 100 % together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from xltools.intake.narrative.facts.figures import Figure, Passage, Sentence
from xltools.rules.arithmetic.runs import runs_of
from xltools.rules.arithmetic.verdicts import (
    Discrepancy,
    Level,
    discrepancy,
    percent,
    rate_check,
    shown,
    together,
)

_FEWEST, _MOST = 2, 24
_ALL = Decimal(100)
_AGREE = 3
_EACH = Decimal("0.06")
_MAKE_UP = re.compile(r"构成|组成|结构|分布")
_REST = re.compile(r"其他|其它|其余")
_MARK = re.compile(r"其中|此外|另外")


def proportions(passages: Sequence[Passage]) -> Iterator[Discrepancy]:
    """Yield shares that contradict the shares told beside them, or those of the same whole."""
    yield from _other_whole(passages)
    for passage in passages:
        for sentence in passage.sentences:
            yield from _odd_one(sentence)
            yield from _not_whole(sentence)


def _odd_one(sentence: Sentence) -> Iterator[Discrepancy]:
    """Of amounts each with its share, the one share that is not its part of their sum, all others being so."""
    pairs = [(a, b) for a, b in pairwise(sentence.figures) if a.function == "amount" and b.function == "share"]
    pairs = [(a, b) for a, b in pairs if not b.base and a.number.exact and b.number.exact][:_MOST]
    if len(pairs) < _FEWEST or len({a.kind for a, _ in pairs}) != 1 or not pairs[0][0].kind:
        return
    if _MARK.search(sentence.passage.text, pairs[0][0].end, pairs[-1][0].start):
        return
    whole = sum((a.amount for a, _ in pairs), Decimal(0))
    slack = sum((a.slack for a, _ in pairs if a.amount), Decimal(0))
    checks = [rate_check(rate, part.amount, part.slack, whole, slack) for part, rate in pairs]
    wrong = [place for place, check in enumerate(checks) if not check.fits]
    right = [place for place, check in enumerate(checks) if check.fits and 0 < pairs[place][1].number.value < _ALL]
    if len(wrong) != 1 or not right or (exact := checks[wrong[0]].exact) is None:
        return
    part, rate = pairs[wrong[0]]
    small = checks[wrong[0]].cut or checks[wrong[0]].trailing
    expected = percent(exact, rate)
    if len({a.number.unit for a, _ in pairs}) > 1:
        return
    sources = (part, together([a for a, _ in pairs]))
    yield discrepancy("share", rate, expected, sources, "notice" if small else "confirm", "trailing" if small else "")


def _other_whole(passages: Sequence[Passage]) -> Iterator[Discrepancy]:
    """Of shares that name the same whole (占支出总预算 R%), under one heading, the one that would need another whole."""
    told: dict[tuple[str, str, str], list[tuple[Figure, Figure]]] = {}
    for passage in passages:
        section = passage.headings[0] if passage.headings else ""
        for sentence in passage.sentences:
            listed = {id(f) for run in runs_of(sentence.figures) if len(run) > 1 for f in run}
            for part, rate in pairwise(sentence.figures):
                plain = part.function == "amount" and rate.function == "share" and part.kind == "money"
                joined = plain and "；" not in passage.text[part.end : rate.start] and part.number.exact
                joined = joined and not {id(part), id(rate)} & listed  # 分别为 a、b，占总额的 p、q
                if joined and rate.number.exact and part.amount and rate.number.value > rate.number.half and rate.base:
                    told.setdefault((section, rate.base.strip("的"), part.scope.stage), []).append((part, rate))
    for pairs in told.values():
        if _AGREE < len(pairs) <= _MOST:
            yield from _odd_whole(pairs)


def _odd_whole(pairs: Sequence[tuple[Figure, Figure]]) -> Iterator[Discrepancy]:
    wholes = [_whole_of(part, rate) for part, rate in pairs]
    best: tuple[Decimal, Decimal] | None = None
    fitting: list[int] = []
    for low, _ in wholes:  # every common whole begins where one of them begins
        inside = [i for i, (a, b) in enumerate(wholes) if a <= low <= b]
        if len(inside) > len(fitting):
            fitting, best = inside, (low, min(wholes[i][1] for i in inside))
    if best is None or len(fitting) < _AGREE or len(fitting) != len(pairs) - 1:
        return
    odd = next(i for i in range(len(pairs)) if i not in fitting)
    part, rate = pairs[odd]
    exact = part.amount * 2 / (best[0] + best[1]) * _ALL
    small = abs(exact - rate.number.value) <= 3 * rate.number.half
    whole = replace(part, number=replace(part.number, raw=shown((best[0] + best[1]) / 2, part)))
    level: Level = "notice" if small else "confirm"
    one = discrepancy("share", rate, percent(exact, rate), (part, whole), level, "trailing" if small else "")
    base = rate.base.strip("的")
    first, second = one.sources
    yield replace(one, sources=(first, replace(second, words=f"按其余各项的占比推算的{base}约")))


def _whole_of(part: Figure, rate: Figure) -> tuple[Decimal, Decimal]:
    """Between what the whole lies that a part and its share tell of."""
    stated, half = rate.number.value, rate.number.half
    return (part.amount - part.slack) / (stated + half) * _ALL, (part.amount + part.slack) / (stated - half) * _ALL


def _not_whole(sentence: Sentence) -> Iterator[Discrepancy]:
    """Shares told as what a whole is made of (构成为 …, 其他占 …) that together are not 100 %."""
    figures = sentence.figures
    rates = [f for f in figures if f.number.unit == "%"]
    if len(rates) <= _FEWEST or len(rates) != len(figures) or len(rates) > _MOST:
        return
    plain = all(r.function == "share" and not r.base and r.number.exact for r in rates)
    told = _MAKE_UP.search(sentence.text[: rates[0].start - sentence.span.start]) and _REST.search(rates[-1].before)
    total = sum((r.number.value for r in rates), Decimal(0))
    if plain and told and abs(total - _ALL) > _EACH * len(rates) + 1:
        one = discrepancy("sum", rates[-1], f"{total.normalize():f}%", (rates[0], *rates), "confirm")
        yield replace(one, claim=replace(one.claim, words="各项占比合计应为", raw="100%", value=_ALL))


def told_behind(rate: Figure, part: Figure, name: str) -> list[Figure]:
    """The figures of this name right behind a share, in the same sentence or the next (占采购总额的 80%，采购总额 80 万元)."""
    said = rate.sentence.passage.sentences
    place = next((i for i, s in enumerate(said) if s is rate.sentence), 0)
    near = [f for s in said[place : place + 2] for f in s.figures[:_MOST] if f.start > rate.end]
    return [
        f
        for f in near
        if f.function == "amount" and f.kind == part.kind and f.number.exact and f.scope.subject.endswith(name)
    ][:1]
