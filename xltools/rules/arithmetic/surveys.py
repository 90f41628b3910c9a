"""Surveys and scores: a satisfaction rate against the answers, the answers against all, points against the total score."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from xltools.intake.narrative.facts.figures import Figure, Passage, Sentence
from xltools.rules.arithmetic.verdicts import TINY, Discrepancy, discrepancy, percent, share_check, together

_RATE = re.compile(r"满意(?:率|度)(?:为|是|达到?|：)?$")
_ANSWERS = re.compile(r"收回|回收|有效|调查|抽样|访|发放")
_PLEASED = re.compile(r"(?:(?:很|非常|十分|比较|较|基本|不|一般)?)满意(?:的)?(?:为|有|占|：)?$")
_NOT = re.compile(r"不(?:太)?满意(?:的)?(?:为|有|占|：)?$")
_FAIRLY = re.compile(r"(?:比较|较|基本)满意(?:的)?(?:为|有|占|：)?$")
_SCORE = re.compile(r"(?:总分|总得分|综合得分|综合评分|最终得分|合计得分|总评分|合计|共计)(?:为|是|：)?$")
_POINTS = re.compile(r"满分|分值|权重|扣|以上|以下|标准分")
_GAINED = re.compile(r"得(?:分)?(?:为|：)?$")
_POSTS, _STAFF = re.compile(r"编制数?(?:为|：)?$"), re.compile(r"在职(?:在编)?(?:人员|职工|人数)?(?:数|为|：){0,2}$")
_CONTROL = re.compile(r"(?:在职人员|人员|财政供养人员)?控制率(?:为|：)?$")
_HUNDRED, _FEWEST = 100, 3


def surveys(passages: Sequence[Passage]) -> Iterator[Discrepancy]:
    """Yield satisfaction rates the answers do not make, answers that are not all, and scores that points do not make."""
    for passage in passages:
        for sentence in passage.sentences:
            yield from _controlled(sentence)
            yield from _satisfied(sentence)
            yield from _answers(sentence)
            yield from _scored(sentence)


def _plain(figures: Sequence[Figure]) -> list[Figure]:
    return [f for f in figures if f.function == "amount" and f.number.exact and f.kind in ("份", "人", "户", "人次")]


def _controlled(sentence: Sentence) -> Iterator[Discrepancy]:
    """编制数 50 人，在职 45 人，在职人员控制率 R%: staff of posts."""
    for posts, staff, rate in zip(sentence.figures, sentence.figures[1:], sentence.figures[2:], strict=False):
        told = _POSTS.search(posts.before) and _STAFF.search(staff.before) and _CONTROL.search(rate.before)
        if not told or rate.number.unit != "%" or posts.kind != staff.kind or not posts.amount:
            continue
        check = share_check(rate, staff, posts)
        if not check.fits and check.exact is not None:
            small = check.cut or check.trailing
            right = percent(check.exact, rate)
            yield discrepancy("completion", rate, right, (posts, staff), "notice" if small else "confirm")


def _satisfied(sentence: Sentence) -> Iterator[Discrepancy]:
    for index, rate in enumerate(sentence.figures):
        if rate.number.unit != "%" or not rate.number.exact or not _RATE.search(rate.before):
            continue
        counted = _plain(sentence.figures[:index])
        asked = [f for f in counted if _ANSWERS.search(f.before) and not _PLEASED.search(f.before)]
        pleased = [f for f in counted if _PLEASED.search(f.before) and not _NOT.search(f.before)]
        if not asked or not pleased or any(f.kind != asked[0].kind for f in pleased):
            return
        sums = [sum((f.amount for f in pleased[:k]), Decimal(0)) for k in range(1, len(pleased) + 1)]
        off = [abs(s / a.amount * _HUNDRED - rate.number.value) for s in sums for a in asked if a.amount]
        if off and min(off) > 2 * rate.number.half + TINY:
            right = percent(sums[-1] / asked[-1].amount * _HUNDRED, rate)
            yield discrepancy("completion", rate, right, (asked[-1], together(pleased)), "confirm")


def _answers(sentence: Sentence) -> Iterator[Discrepancy]:
    """满意, 基本满意 and 不满意 told: they are all the answers."""
    counted = _plain(sentence.figures)
    parts = [f for f in counted if _PLEASED.search(f.before)]
    asked = [f for f in counted if _ANSWERS.search(f.before) and f not in parts]
    told = len(parts) == _FEWEST and _NOT.search(parts[-1].before) and any(_FAIRLY.search(f.before) for f in parts)
    if told and asked and all(f.kind == parts[0].kind for f in asked):
        whole = sum((f.amount for f in parts), Decimal(0))
        if all(f.amount < whole for f in asked):
            yield discrepancy("sum", asked[-1], f"{whole}{asked[-1].number.unit}", (asked[-1], *parts), "confirm")


def _scored(sentence: Sentence) -> Iterator[Discrepancy]:
    points = [f for f in sentence.figures if f.number.unit == "分" and f.number.exact]
    if len(points) <= _FEWEST or len(points) != len(sentence.figures) or not _SCORE.search(points[-1].before):
        return
    *parts, total = points
    if any(_POINTS.search(f.before) for f in points):
        return
    gained = [f for f in parts if _GAINED.search(f.before)]
    parts = gained if len(gained) >= _FEWEST else parts
    whole = sum((f.amount for f in parts), Decimal(0))
    if abs(whole - total.amount) > total.slack + TINY and whole <= _HUNDRED and total.amount <= _HUNDRED:
        yield discrepancy("sum", total, f"{whole}分", (total, *parts), "confirm")
