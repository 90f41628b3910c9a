"""Money in free words: what was carried over and given, less what was spent, is what is left."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from xltools.intake.narrative.facts.figures import Figure, Passage, Sentence
from xltools.rules.arithmetic.verdicts import TINY, Discrepancy, discrepancy, shown, shown_slacks

_OPENING = re.compile(
    r"(?:上年|年初|上年度|期初)(?:末|度)?(?:滚存|累计)?(?:资金)?(?:结转|结余)(?:和结余|结余|资金|收入){0,2}(?:为|：|共)?$"
)
_INCOME = re.compile(
    r"^(?:加)?(?:本年|当年|本年度|全年)(?:共)?(?:收入|安排|预算安排|拨入|收到|财政拨款收入)(?:合计|资金)?(?:为|：|共)?$"
)
_SPENT = re.compile(r"^(?:减去|减)?(?:本年|当年|本年度|全年)(?:共)?(?:支出|使用|实际支出)(?:合计|资金)?(?:为|：|共)?$")
_CLOSING = re.compile(r"^(?:年末|期末|年底)(?:滚存|累计)?(?:资金)?(?:结转|结余)(?:和结余|结余|资金){0,2}(?:为|：|共)?$")
_USABLE = re.compile(r"(?:可用|可支配|可使用|可安排)(?:资金|财力)?(?:总额|共|合计)?(?:为|：)?$")
_BACK = 3
_WORDS = ((_OPENING, _INCOME, _SPENT, _CLOSING), (_OPENING, _INCOME, _USABLE))
_SIGNS = ((1, 1, -1), (1, 1))
_BALANCED = re.compile(r"^(?:收支)?(?:总量|总计)?(?:相抵|轧差)|^收入总[量计额](?:减去?|与)支出总[量计额]")
_LEFT = re.compile(r"(?:结余结转|结转结余|结转资金|结余资金|结余|结转|赤字|净结余)(?:为|资金)?$")
_TOTALS = tuple(re.compile(rf"{side}总[量计额]为?$") for side in ("收入", "支出"))


def settlements(passages: Sequence[Passage]) -> Iterator[Discrepancy]:
    """Yield what is left, or what could be spent, where the figures of its sentence make another one."""
    for passage in passages:
        for sentence in passage.sentences:
            yield from _settled(sentence)
        yield from _balanced(passage)


def _settled(sentence: Sentence) -> Iterator[Discrepancy]:
    money = [f for f in sentence.figures if f.kind == "money"]
    for words, signs in zip(_WORDS, _SIGNS, strict=True):
        told = [_only(money, pattern) for pattern in words]
        if len(money) != len(words) or any(f is None for f in told):
            continue
        *parts, stated = [f for f in told if f is not None]
        right = sum((sign * f.amount for sign, f in zip(signs, parts, strict=True)), Decimal(0))
        allowed = sum((max(shown_slacks(f, stated)) for f in parts), stated.slack)
        if abs(right - stated.amount) > allowed + TINY:
            finest = max((*parts, stated), key=lambda f: f.number.decimals)
            yield discrepancy("balance", stated, shown(right, finest), parts, "confirm")


def _balanced(passage: Passage) -> Iterator[Discrepancy]:
    """收入总计 a，…；支出总计 b。收支相抵，结余 c: c is a less b."""
    for number, sentence in enumerate(passage.sentences):
        if not sentence.figures or _BALANCED.match(sentence.text) is None:
            continue
        left = next((f for f in sentence.figures[:2] if f.kind == "money" and _LEFT.search(f.before)), None)
        before = [f for s in passage.sentences[max(0, number - _BACK) : number] for f in s.figures]
        told = [[f for f in before if f.number.exact and pattern.search(f.before)][-1:] for pattern in _TOTALS]
        if left is None or not left.number.exact or not all(told) or told[0][0].start > told[1][0].start:
            continue
        income, spent = told[0][0], told[1][0]
        right = abs(income.amount - spent.amount)
        if abs(right - left.amount) > income.slack + spent.slack + left.slack + TINY:
            yield discrepancy("balance", left, shown(right, left), (income, spent), "confirm")


def _only(money: Sequence[Figure], pattern: re.Pattern[str]) -> Figure | None:
    """The one amount these words tell."""
    found = [f for f in money if f.function == "amount" and f.number.exact and pattern.search(f.before)]
    return found[0] if len(found) == 1 else None
