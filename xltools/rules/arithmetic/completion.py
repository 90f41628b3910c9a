"""Completion: 年初预算 a，决算 b，完成年初预算的 R% (and 执行率 R%): b ÷ a, a rate of nothing included."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product

from xltools.intake.narrative.facts.evened import ACCOUNT
from xltools.intake.narrative.facts.figures import Figure, Passage
from xltools.intake.narrative.facts.known import BUDGETS, Known, names_of
from xltools.intake.narrative.facts.lists import OPENER
from xltools.intake.narrative.facts.numbers import SCALES
from xltools.intake.narrative.facts.scopes import stage_of
from xltools.rules.arithmetic.attained import above_all, beyond, by_role, of_its_words, said_all
from xltools.rules.arithmetic.verdicts import (
    TINY,
    Discrepancy,
    discrepancy,
    false_rate,
    percent,
    share_check,
    source,
)
from xltools.rules.arithmetic.wording import MORE

_NEAREST, _FAR = 12, 12
_BUDGET_RATE = re.compile(r"预算|执行|支出|支付|使用")
_GIVEN = re.compile(r"(?<!公)共|总|安排|下达|到位|批复|投入")
_TAKEN_IN = re.compile(r"收入(?:累计|共)?(?:完成|实现)|收入总[量计额]")
_SPENT = re.compile(r"支出|使用|拨付|执行|支付|完成|支用")
_GIVEN_WHOLE = re.compile(r"(?<!公)共|总额|总计|合计|预算")
_RUN = re.compile(r"执行|支出|支付|拨付|使用")
_PASSAGES = 5
_NO_BUDGET = re.compile(
    r"(?:年初(?:未|没有|无)(?:安排|编制|编列)?|(?:未|没有)(?:安排|编制|编列)(?:年初)?|无年初)(?:年初)?预算(?!单位|绩效)"
)
_FAR_WORDS, _WHOLE = 60, 100
_HABIT = 5
_GAP = re.compile(r"决算数?(?P<word>大于|小于|高于|低于|超过|超出|少于|多于)(?:年初|全年|调整)?预算数?$")
_SPLIT = re.compile(r"分别|各|均|平均")


def completions(passages: Sequence[Passage], known: Known) -> Iterator[Discrepancy]:
    """Yield the completion rates that their own figures do not give."""
    for passage in passages:
        for number, sentence in enumerate(passage.sentences):
            for index, rate in enumerate(sentence.figures):
                if (found := above_all(rate) or beyond(rate, number, passages)) is not None:
                    yield found
                    continue
                over = "超" in rate.before and rate.number.value < _WHOLE
                if rate.function != "completion" or not rate.number.exact or over or _SPLIT.search(rate.before):
                    continue
                before = sentence.figures[:index]
                previous = passage.sentences[number - 1].figures if number else []
                found = _of_no_budget(rate) or said_all(rate) or _of_its_gap(rate, index)
                found = found or _judge(rate, before, previous, known, passages)
                pair = by_role(rate, index, number, passages) if found is None else None
                if pair is not None and not _fits(rate, pair[1], pair[0]):
                    found = _say(rate, *pair)
                if found is not None:
                    yield found


def _of_no_budget(rate: Figure) -> Discrepancy | None:
    """年初未安排预算 and yet a rate of it."""
    text = rate.sentence.passage.text[rate.sentence.span.start : rate.start]
    told = _NO_BUDGET.search(text[-_FAR_WORDS:])
    if told is None or "年初" not in rate.base or not rate.number.value:
        return None
    finals = [f for f in rate.sentence.figures if f.start < rate.start and f.function == "amount"][-1:]
    budgets = [f for f in finals if f.scope.stage in BUDGETS]
    return None if budgets or not finals else discrepancy("nothing", rate, "", finals, "confirm", "nothing")


def _of_its_gap(rate: Figure, index: int) -> Discrepancy | None:
    """决算 a 万元，完成年初预算的 R%，决算数大于预算数 b 万元: the budget that is not told is a less b."""
    figures = rate.sentence.figures
    gap = figures[index + 1] if index + 1 < len(figures) else rate
    told = _GAP.search(gap.before) if gap.kind == "money" and gap.number.exact else None
    final = next((f for f in reversed(figures[:index]) if f.function == "amount"), None)
    if told is None or final is None or final.kind != "money" or not final.number.exact or final.scope.stage in BUDGETS:
        return None
    between = rate.sentence.passage.text[final.end : rate.start]
    if (
        OPENER.search(between)
        or not _BUDGET_RATE.search(rate.base)
        or any(f.scope.stage in BUDGETS for f in figures[:index])
    ):
        return None
    sign = -1 if told["word"] in MORE else 1
    value = (final.amount + sign * gap.amount).scaleb(-SCALES.get(final.number.unit, 0))
    budget = replace(
        final, number=replace(final.number, value=value, raw=f"{final.number.raw}{'+-'[sign < 0]}{gap.number.raw}")
    )
    return None if value <= 0 or _fits(rate, final, budget) else _say(rate, budget, final)


def habits(passages: Sequence[Passage]) -> Iterator[Discrepancy]:
    """Yield the rate that is not of its figures to the last digit, in a text all of whose other rates are."""
    exact, loose = 0, []
    for sentence in (s for p in passages for s in p.sentences):
        for index, rate in enumerate(sentence.figures):
            pair = _told_together(rate, sentence.figures[:index]) if rate.function == "completion" else None
            if pair is None or not pair[0].amount or not _fits(rate, pair[1], pair[0]):
                continue
            off = abs(pair[1].amount / pair[0].amount * _WHOLE - rate.number.value)
            if off > rate.number.half + TINY:
                loose.append((rate, *pair))
            elif rate.number.value != _WHOLE and rate.number.decimals:
                exact += 1
    if exact < _HABIT or len(loose) * _HABIT > exact:
        return
    for rate, budget, final in loose:
        right = percent(final.amount / budget.amount * _WHOLE, rate)
        yield discrepancy("completion", rate, right, (budget, final), "notice", "trailing")


def _told_together(rate: Figure, here: list[Figure]) -> tuple[Figure, Figure] | None:
    """The budget and the final figure right before a rate, in its own sentence."""
    _, named, finals = _candidates(rate, _amounts(here))
    if not rate.number.exact or not named or not finals or named[-1] is finals[-1]:
        return None
    budget, final = named[-1], finals[-1]
    plain = budget.kind == final.kind and budget.number.exact and final.number.exact
    return None if not plain or _apart(budget, rate) or _apart(final, rate) else (budget, final)


def _judge(
    rate: Figure, here: list[Figure], previous: list[Figure], known: Known, passages: Sequence[Passage]
) -> Discrepancy | None:
    if rate.of is not None:
        pair = of_its_words(rate, here)
        return None if pair is None or _fits(rate, pair[1], pair[0]) else _say(rate, *pair)
    if not _BUDGET_RATE.search(rate.base):
        return None
    amounts = _amounts(here)
    alone = [] if _of_its_own(amounts) else _amounts(previous)[-3:]
    if len(amounts) < 2:
        amounts = alone + amounts
    if len(amounts) < 2 and len(alone := _only_budget(rate)) == 1:
        amounts = alone + amounts
    budgets, named, finals = _candidates(rate, amounts)
    own = next((f for f in _amounts(here)[-1:] if f.number.exact and not _apart(f, rate)), None)
    if own is not None and (not named or _apart(named[-1], rate)):
        if (told := known.earlier(own, BUDGETS)) is not None:
            return None if _fits(rate, own, told) else _say(rate, told, own)
        if own.amount > 0 and rate.number.value == 0 and own.scope.stage in ("", "final"):
            return discrepancy("completion", rate, "", (own,), "confirm", "nothing")
    if own is not None and not budgets and own.scope.stage == "final":
        return _of_the_total_before(rate, own, passages)
    if not named or not finals or named[-1] is finals[-1]:
        return None
    budget, final = named[-1], finals[-1]
    if budget.kind != final.kind or not (budget.number.exact and final.number.exact) or final.scope.year == "last":
        return None
    other = next((f for f in budgets if f not in named and f.kind == final.kind and _fits(rate, final, f)), None)
    if other is not None and not _apart(budget, rate) and not _fits(rate, final, budget):
        wrong = _say(rate, budget, final)
        return wrong and replace(wrong, level="confirm", reason="other_base", repair=source(other).text)
    pairs = product([f for f in budgets if f.kind == final.kind], [f for f in amounts if f.kind == final.kind])
    if any(a is not b and _fits(rate, b, a) for a, b in pairs) or _apart(budget, rate) or _apart(final, rate):
        return None
    return _say(rate, budget, final)


def _of_the_total_before(rate: Figure, own: Figure, passages: Sequence[Passage]) -> Discrepancy | None:
    """执行率 told under 资金执行情况 of what 资金到位情况 shortly before gave as the one total."""
    passage = rate.sentence.passage
    if not _RUN.search(rate.base) or own.scope.account or names_of(own.scope.subject):
        return None
    near = [
        p for p in passages[max(0, passage.index - _PASSAGES) : passage.index] if p.headings[:1] == passage.headings[:1]
    ]
    told = [f for p in near for f in p.figures if f.function == "amount" and f.kind == own.kind and f.number.exact]
    totals = [f for f in told if _GIVEN_WHOLE.search(f.before) or f.scope.stage in BUDGETS]
    if len({f.amount for f in totals}) != 1 or any(_fits(rate, own, f) for f in told) or own.amount > totals[0].amount:
        return None
    return _say(rate, totals[-1], own)


def _of_its_own(amounts: list[Figure]) -> bool:
    """True when the figure has a name of its own (an account, 公务接待费): the sentence before is of something else."""
    return any(f.scope.account or names_of(f.scope.subject) for f in amounts) or any(
        ACCOUNT.search(f.sentence.text) for f in amounts
    )


def _candidates(rate: Figure, amounts: list[Figure]) -> tuple[list[Figure], list[Figure], list[Figure]]:
    """All budgets, those of the stage the rate names, and the final figures; by verbs (下达, 支付) where no stage is told."""
    budgets = [f for f in amounts if f.scope.stage in BUDGETS and f.scope.year != "last"]
    if not budgets:
        given = [
            f for f in amounts if _GIVEN.search(f.before) and f.scope.stage == "" and not _TAKEN_IN.search(f.before)
        ][:1]
        return given, given, [f for f in amounts if _SPENT.search(f.before)]
    wanted = stage_of(rate.base)
    named = [f for f in budgets if f.scope.stage == wanted] if wanted in ("initial", "adjusted") else budgets
    finals = [f for f in amounts if f.scope.stage == "final"] or [f for f in amounts if f.scope.stage == ""]
    return budgets, named, finals


def _apart(figure: Figure, rate: Figure) -> bool:
    """True when a list opens, or its next item begins, between the two: they are not of one thing."""
    if figure.sentence is not rate.sentence:
        return False
    text = rate.sentence.passage.text[figure.end : rate.start]
    return "；" in text or OPENER.search(text) is not None


def _only_budget(rate: Figure) -> list[Figure]:
    """The budget totals (预算总额) told in the passage before the rate's sentence."""
    said = rate.sentence.passage.sentences
    number = next(i for i, s in enumerate(said[:_FAR]) if s is rate.sentence) if rate.sentence in said[:_FAR] else 0
    before = [f for s in said[:number] for f in s.figures]
    return [f for f in before if f.function == "amount" and f.scope.stage in BUDGETS and f.kind == "money"]


def _amounts(figures: Sequence[Figure]) -> list[Figure]:
    return [f for f in figures if f.function == "amount"][-_NEAREST:]


def _fits(rate: Figure, final: Figure, budget: Figure) -> bool:
    if budget.amount == 0:
        return final.amount == 0 and rate.number.value in (0, 100)
    return share_check(rate, final, budget).fits


def _say(rate: Figure, budget: Figure, final: Figure) -> Discrepancy | None:
    return false_rate("completion", rate, final, budget, (budget, final))
