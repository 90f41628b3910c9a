"""Growth and difference: x，较上年增加 a，增长 R%: R = a ÷ (x − a); from y to x; the change against the two figures."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from xltools.intake.narrative.facts.figures import Figure, Passage, Sentence
from xltools.intake.narrative.facts.scopes import subject_of, without_money
from xltools.rules.arithmetic.runs import runs_of
from xltools.rules.arithmetic.verdicts import (
    TINY,
    Discrepancy,
    Reason,
    discrepancy,
    one_digit_apart,
    percent,
    rate_check,
    shown,
    shown_slacks,
)

_BETWEEN = re.compile(
    r"^[，（、；]?(?:同比|幅度|增幅|降幅|较上年|比上年|较去年|比去年|环比|相比|同口径|，|约|也|了)*+$"
)
_CHANGE_VERB = re.compile(
    r"(?:分别|各|均|同比|共|总体|相应|略|实际|有所){0,3}(?:增长|增加|上升|提高|增幅|增支|增收|超支|超出|上浮|多支出|多出|增|多|"
    r"下降|减少|降低|降幅|缩减|压减|压缩|下浮|少支出|减支|减收|短收|节约|节省|负增长|减|降|少){1,2}"
    r"(?:率|幅|幅度|比例|额|金额|数|总额|了|为|是|达|：)*+$"
)
_WHY = re.compile(r"^，(?:主要)?(?:原因|是由于|是因为?|由于|因)[^，。；：]{2,40}，")
_REASON = re.compile(r"原因|主要是|由于|因为|系|其中")
_BUDGET_REFERENCE = re.compile(r"[比较与同][^，。；]{0,12}预算|预算[^，。；]{0,6}(?:相比|相差|差异)")
_PLANNED = re.compile(r"预算数?(?=[比较与同])")
_WHOLE_SUM = re.compile(r"(?:总额|总数|合计)$")
_OTHER_YEAR = re.compile(r"上年|去年|上一年|同期")
_YEAR = re.compile(r"(?:19|20)\d{2}(?=年)")
_NEXT_NAME = re.compile(r"(?:；|其中)[^；]{0,60}?(?:费|支出|收入|经费|接待|用车)")
_GENERIC = re.compile(r"(?:合计|总计|总额|总数|金额|数|经费|支出|收入|费用|决算|情况)++$")
_THAN = re.compile(
    r"[较比与同](?:上年度?|去年|上一年度?|上年同期|(?:19|20)\d{2}年度?)(?:同期|决算数?|预算数?|实际)?的?[^，。；]{0,8}$"
)
_FROM = re.compile(r"[由从][^，。；]{0,12}$")
_TO = re.compile(
    r"(?:降|减|增|升|提高|增加|减少|下降|上升|增长|压减|压缩)(?:低|少|加)?(?:至|到|为)(?:今年|本年|当年)?度?的?$"
)
_SHORTEST, _BACK = 4, 4
_ALL = 100
_WHOLE = re.compile(r"[收支入出总计合额均相应本年度部门单位、和与及]")
_EACH = re.compile(r"各|均|都|分别")


def growths(passages: Sequence[Passage]) -> Iterator[Discrepancy]:
    """Yield the changes and growth rates that do not agree with each other and the figure they are of."""
    for passage in passages:
        for number, sentence in enumerate(passage.sentences):
            for change, rate, place in _pairs(sentence):
                found = _judge(passages, number, change, rate, place)
                if found is not None:
                    yield found


def bare_growths(passages: Sequence[Passage]) -> Iterator[Discrepancy]:
    """Yield growth rates told without the change, of two figures right before: 2023年 x，较2022年的 y 增长 R%."""
    for passage in passages:
        for sentence in passage.sentences:
            figures = sentence.figures
            for index in range(2, len(figures)):
                rate, two = figures[index], figures[index - 2 : index]
                if rate.function != "growth" or rate.number.unit != "%" or not rate.number.exact:
                    continue
                pair = _now_and_then(*two)
                if pair is not None and not _REASON.search(passage.text[two[0].end : rate.start]):
                    found = _of_two(rate, *pair)
                    if found is not None:
                        yield found


def _now_and_then(first: Figure, second: Figure) -> tuple[Figure, Figure] | None:
    """Which of two amounts told one after the other is this year's, and which is what it is compared with."""
    plain = all(f.function == "amount" and f.number.exact for f in (first, second))
    if not plain or first.kind != second.kind or not first.kind or "；" in second.lead:
        return None
    if _FROM.search(first.before) and _TO.search(second.before):
        return second, first
    if _THAN.search(second.before) and not _THAN.search(first.before):
        return first, second
    told = first.scope.year, second.scope.year
    names = [_GENERIC.sub("", f.scope.subject) for f in (first, second)]
    same = names[0] == names[1] or (bool(names[0]) and not second.scope.subject)
    if all(y.isdigit() for y in told) and same and first.scope.stage == second.scope.stage:
        gap = int(told[0]) - int(told[1])
        return (first, second) if gap == 1 else (second, first) if gap == -1 else None
    return None


def _of_two(rate: Figure, now: Figure, then: Figure) -> Discrepancy | None:
    change = (now.amount - then.amount) * (rate.direction or 1)
    slacks = shown_slacks(now, then)
    check = rate_check(rate, change, sum(slacks, Decimal(0)), then.amount, slacks[1])
    if check.fits or check.exact is None:
        return None
    back = rate_check(rate, -change, sum(slacks, Decimal(0)), now.amount, slacks[0])
    if back.fits:
        return None
    wide = rate_check(rate, change, now.slack + then.slack, then.amount, then.slack)
    exact = percent(check.exact, rate)
    small = check.cut or check.trailing or wide.fits
    reason: Reason = "cut" if check.cut else "trailing" if small else ""
    return discrepancy("growth", rate, exact, (now, then), "notice" if small else "confirm", reason)


def differences(passages: Sequence[Passage]) -> Iterator[Discrepancy]:
    """Yield changes that are not the difference of the two years' figures told right before (2023年 x，2022年 y，增加 a)."""
    for passage in passages:
        for sentence in passage.sentences:
            figures = sentence.figures
            for index, change in enumerate(figures):
                if index < 2 or change.function != "change" or not change.number.exact:
                    continue
                now, then = figures[index - 2], figures[index - 1]
                if _two_told(now, then, change) and (one := _difference(now, then, change)) is not None:
                    yield one


def _two_told(now: Figure, then: Figure, change: Figure) -> bool:
    """True for two figures told one after the other that the change lies between: two years, 由 a 减少至 b, budget and final."""
    if _two_years(now, then, change):
        return True
    between = change.sentence.passage.text[now.end : change.start]
    plain = all(f.function == "amount" and f.number.exact and f.kind == change.kind for f in (now, then))
    if not plain or "；" in between or "其中" in between:
        return False
    if _FROM.search(now.before) and _TO.search(then.before):
        return change.lead.strip("，") == change.before
    budget = now.scope.stage in ("initial", "adjusted", "budget") and then.scope.stage == "final"
    return budget and _BUDGET_REFERENCE.search(change.before) is not None and change.lead.strip("，") == change.before


def _two_years(now: Figure, then: Figure, change: Figure) -> bool:
    """True for a figure of this year and one of the year before of the same thing, in this order."""
    plain = all(f.function == "amount" and f.number.exact and f.kind == change.kind for f in (now, then))
    between = change.sentence.passage.text[now.end : change.start]
    if not plain or "其中" in between or then.scope.stage not in ("", now.scope.stage):
        return False
    told, before = now.scope.year, then.scope.year
    a_year_ago = before == "last" or (change.lead == change.before and _THAN.search(then.before))  # 较上年 y 减少 a
    if a_year_ago or (told.isdigit() and before.isdigit() and int(before) == int(told) - 1):
        return _BUDGET_REFERENCE.search(change.before) is None
    return False


def _difference(now: Figure, then: Figure, change: Figure) -> Discrepancy | None:
    stated = change.direction * change.amount
    forward = (_FROM.search(now.before) and _TO.search(then.before)) or _BUDGET_REFERENCE.search(change.before)
    real = then.amount - now.amount if forward else now.amount - then.amount
    off = abs(stated - real)
    allowed = now.slack + then.slack + change.slack
    fine = max(f.number.decimals for f in (now, then, change))
    if fine and now.kind == "money":
        allowed = min(allowed, Decimal(3).scaleb(4 - fine))
    if off <= allowed + TINY:
        return None
    small = off <= allowed + 2 * change.slack
    return discrepancy(
        "difference",
        change,
        shown(abs(real), change),
        (now, then),
        "notice" if small else "confirm",
        "trailing" if small else "",
    )


def _pairs(sentence: Sentence) -> Iterator[tuple[Figure, Figure, int]]:
    """Yield (change, growth rate, place in its run) told side by side; runs (各减少 a、b，各下降 r、s) go first with first."""
    runs = list(runs_of(sentence.figures))
    for left, right in itertools.pairwise(runs):
        between = sentence.passage.text[left[-1].end : right[0].word_start]
        functions = (left[0].function, right[0].function)
        if len(left) != len(right) or not _joins(between, right[0]) or set(functions) != {"change", "growth"}:
            continue
        changes, rates = (left, right) if functions[0] == "change" else (right, left)
        for place, (change, rate) in enumerate(zip(changes, rates, strict=True)):
            if change.number.exact and rate.number.exact and rate.number.unit == "%":
                yield change, rate, place if len(left) > 1 else -1


def _joins(between: str, right: Figure) -> bool:
    between = _WHY.sub("，", between)
    words = _CHANGE_VERB.sub("", right.before)
    return _BETWEEN.match(between) is not None and _BETWEEN.match(words) is not None


def _judge(passages: Sequence[Passage], number: int, change: Figure, rate: Figure, place: int) -> Discrepancy | None:
    sentence, passage = change.sentence, change.sentence.passage
    first = min(change, rate, key=lambda f: f.start)
    if _more_than_all(rate, change):
        return discrepancy("growth", rate, "", (change,), "confirm", "above")
    signs = (change.amount < 0) == (rate.number.value < 0)
    if change.direction != rate.direction and signs and change.amount and rate.number.value:
        return discrepancy("growth", rate, "", (change,), "confirm", "direction")
    place_of = sentence.figures.index(first)
    now, then = sentence.figures[max(0, place_of - 2)], sentence.figures[max(0, place_of - 1)]
    if place_of > 1 and _two_years(now, then, change):
        fits = _fits(rate, change, then.amount, then.slack)
        return None if fits else _say(change, rate, then, (then.amount, then.slack))
    candidates, sure = _currents(passage, number, sentence, first, change)
    if not candidates:
        candidates = sure = _told_before(passages, first, change)  # type: ignore[assignment]
    if place >= 0 and candidates:
        run = next((r for r in runs_of(candidates[0].sentence.figures) if candidates[0] in r), [])
        candidates = [run[place]] if place < len(run) > 1 else candidates
        sure = sure or len(run) > 1
    if not change.amount and rate.number.value >= 1 and change.number.decimals == 0:
        return discrepancy("growth", rate, "0%", (change,), "confirm")
    if not candidates:
        return None
    if not change.amount:
        return _no_change(change, rate, candidates) if sure else None
    bases = [(c, _base(c, change, first)) for c in candidates]
    if any(_fits(rate, change, base, base_slack) for _, (base, base_slack) in bases):
        return None
    others = [f for f in sentence.figures if f.function == "amount" and f.kind == change.kind]
    near = [f for s in passage.sentences[max(0, number - _BACK) : number] for f in s.figures]
    others += [f for f in near if f.function == "amount" and f.kind == change.kind]
    for other in (o for o in others if o.amount):
        wide = (_base(other, change, first), (other.amount, other.slack))
        if any(_fits(rate, change, base, slack) for base, slack in wide) and other not in candidates:
            return None
        base = other.sentence is sentence and (other.scope.year == "last" or _budget_reference(first))
        if base and other.start < first.start and _fits(rate, change, other.amount, other.slack):
            return None
    if not sure or _from_here(passages, rate, change, candidates[0]):
        return None
    return _say(change, rate, candidates[0], bases[0][1])


def _more_than_all(rate: Figure, change: Figure) -> bool:
    """True for money or things said to be less by more than 100 %."""
    return rate.direction < 0 and rate.number.value - rate.number.half > _ALL and change.direction < 0


def _from_here(passages: Sequence[Passage], rate: Figure, change: Figure, then: Figure) -> bool:
    """True when the figure is what it grew from: what it became stands a little above (this year's budget, last year's sum)."""
    if not _fits(rate, change, then.amount, then.slack):
        return False
    wanted = then.amount + change.direction * change.amount
    here = then.sentence.passage.index
    near = (f for p in passages[max(0, here - _BACK) : here + 1] for f in p.figures)
    told = (f for f in near if f is not then and f.function == "amount" and f.kind == then.kind)
    return any(abs(f.amount - wanted) <= f.slack + then.slack + TINY for f in told)


def _no_change(change: Figure, rate: Figure, candidates: list[Figure]) -> Discrepancy | None:
    """A rate of no change at all (增加 0.00 万元，增长 8%), unless the figure is so small that rounding explains it."""
    for current in candidates:
        if current.amount and rate_check(rate, Decimal(0), change.slack, current.amount, current.slack).fits:
            return None
    if rate.number.value <= rate.number.half or (rate.number.value == 100 and candidates[0].amount):
        return None
    return discrepancy("growth", rate, "0%", (candidates[0], change), "confirm")


def _base(current: Figure, change: Figure, first: Figure) -> tuple[Decimal, Decimal]:
    """What it grew from: the current figure less the change; the budget, when the comparison is with one."""
    if (
        current.scope.stage in ("initial", "budget", "adjusted") and _budget_reference(first)
    ) or current.scope.year == "last":
        return current.amount, current.slack
    sign = change.direction or 1
    return current.amount - sign * change.amount, current.slack + change.slack


def _budget_reference(first: Figure) -> bool:
    """True when a change is told against a budget of this year; 比2019年预算 and 较上年预算 are of another year."""
    told = _BUDGET_REFERENCE.search(first.before) or _BUDGET_REFERENCE.search(first.lead[-40:])
    if told is None or _OTHER_YEAR.search(told.group()):
        return False
    year = _YEAR.search(told.group())
    now = _YEAR.search(first.sentence.text.replace(told.group(), "")) if year is not None else None
    return year is None or (now is not None and now.group() == year.group())


def _fits(rate: Figure, change: Figure, base: Decimal, slack: Decimal) -> bool:
    if base <= 0:
        return base == 0 and not change.amount
    sign = 1 if change.direction == rate.direction else -1
    return rate_check(rate, sign * change.amount, change.slack, base, slack).fits


def _currents(
    passage: Passage, number: int, sentence: Sentence, first: Figure, change: Figure
) -> tuple[list[Figure], bool]:
    """The figures that may have changed, likeliest first, and whether the first is certain."""
    said = subject_of(_CHANGE_VERB.sub("", first.before))
    here = [f for f in sentence.figures if f.start < first.start and f.function == "amount" and f.kind == change.kind]
    if _REASON.search(first.before) or any(_REASON.search(f.before) for f in (first,)):
        return [], False
    if not said:
        pool = here or (_amounts(passage.sentences[number - 1], change) if number else [])
        if not pool or _another_begins(pool[-1], first):
            return [], False
        budget = _budget_reference(first)
        stages = ("initial", "budget", "adjusted") if budget else ("final", "")
        likely = [f for f in pool if f.scope.stage in stages and f.number.exact]
        if not budget and not likely and len({f.scope.stage for f in here}) == 1:  # a text of budgets alone
            likely = [f for f in here[-1:] if f.number.exact]
        likely = likely or ([f for f in pool if f.scope.stage in ("final", "") and f.number.exact] if budget else [])
        pool = likely[::-1] or [f for f in pool[::-1] if f.number.exact]
        return pool, len(likely) >= 1 and bool(here or len(pool) == 1)
    matched = []
    near = passage.sentences[max(0, number - _BACK) : number]
    for other in reversed([*(f for s in near for f in _amounts(s, change)), *here]):
        of_part = "本级" in first.before or not _just_so(said, other.scope.subject)  # 其中，本级会议费
        of_part = of_part and _another_begins(other, first)
        if other.number.exact and not of_part and _same_subject(said, other.scope.subject):
            matched.append(other)
    return matched, bool(matched)


def _another_begins(told: Figure, first: Figure) -> bool:
    """True when something else is named behind the figure (…；公务接待费比去年增加): the change is not of that figure."""
    return told.sentence is first.sentence and bool(
        _NEXT_NAME.search(first.sentence.passage.text[told.end : first.start])
    )


def _told_before(passages: Sequence[Passage], first: Figure, change: Figure) -> list[Figure]:
    """The figure of just this name in the passages shortly before, under the same headings."""
    passage = first.sentence.passage
    said = _EACH.sub("", subject_of(_CHANGE_VERB.sub("", first.before)))
    if len(said) < _SHORTEST or _REASON.search(first.before):
        return []
    near = passages[max(0, passage.index - _BACK) : passage.index]
    found = [
        f
        for p in near
        if p.headings[:1] == passage.headings[:1]
        for f in p.figures
        if f.function == "amount" and f.kind == change.kind and f.number.exact and _just_so(said, f.scope.subject)
    ]
    budget = bool(_PLANNED.search(first.before))
    stages = ("initial", "adjusted", "budget") if budget else ("final", "")
    return [f for f in found[::-1] if f.scope.stage in stages and f.scope.year != "last"]


def _just_so(said: str, told: str) -> bool:
    names = [_GENERIC.sub("", subject_of(_WHOLE_SUM.sub("", without_money(words)))) for words in (told, said)]
    return told == said or (names[0] == names[1] and len(names[0]) > 1)


def _amounts(sentence: Sentence, change: Figure) -> list[Figure]:
    return [f for f in sentence.figures if f.function == "amount" and f.kind == change.kind]


def _same_subject(said: str, told: str) -> bool:
    """True when the words name the same: equal without 合计 and the like, or one ends with the other."""
    said, told = _EACH.sub("", said), _EACH.sub("", told)
    if not told:
        return False
    if said == told or (told.endswith(said) and len(said) >= 2):
        return True
    both = "收支" in said or "收、支" in said or ("收入" in said and "支出" in said)
    if both and not _WHOLE.sub("", said):  # what is named beside them (财政拨款收入、支出) is a part of the whole
        return told.endswith(("总计", "合计", "总额", "收支总计", "收支总额", "收入支出总计"))
    short, long = _GENERIC.sub("", said), _GENERIC.sub("", told)
    if not short or not long:
        return bool(said) and told.startswith(said[:2]) and told.endswith(("合计", "总计", "总额"))
    return short == long or (long.endswith(short) and len(short) >= 2) or (short.endswith(long) and len(long) >= 4)


def _say(change: Figure, rate: Figure, current: Figure, base: tuple[Decimal, Decimal]) -> Discrepancy | None:
    value, slack = base
    sources = (current, change)
    if value <= slack:
        if rate.number.value == 100 and abs(value) <= slack:
            return discrepancy("growth", rate, "", sources, "notice", "nothing")
        if abs(value) <= slack:
            return discrepancy("nothing", rate, "", sources, "confirm", "nothing")
        return discrepancy("difference", change, "", (current,), "confirm")
    sign = 1 if change.direction == rate.direction else -1
    check = rate_check(rate, sign * change.amount, change.slack, value, slack)
    if check.exact is None:
        return None
    exact = percent(check.exact, rate)
    reason: Reason = ""
    if check.cut or check.trailing:
        return discrepancy("growth", rate, exact, sources, "notice", "cut" if check.cut else "trailing")
    if current.amount and rate_check(rate, sign * change.amount, change.slack, current.amount, current.slack).fits:
        reason = "this_year_base"
    elif one_digit_apart(rate.number.value, check.exact.quantize(rate.number.half * 2), rate.number.decimals):
        reason = "digit"
    return discrepancy("growth", rate, exact, sources, "confirm", reason)
