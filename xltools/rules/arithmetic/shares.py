"""Shares: a 万元，占 R%: of the total it is listed under, or of the figure the words name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from xltools.intake.narrative.facts.figures import Figure, Passage, Sentence
from xltools.intake.narrative.facts.known import BUDGETS
from xltools.intake.narrative.facts.lists import Listing
from xltools.intake.narrative.facts.scopes import subject_of
from xltools.rules.arithmetic.attained import of_its_words
from xltools.rules.arithmetic.proportions import told_behind
from xltools.rules.arithmetic.runs import runs_of
from xltools.rules.arithmetic.verdicts import (
    Discrepancy,
    discrepancy,
    false_rate,
    percent,
    share_check,
)

_TAIL = re.compile(
    r"(?:合计|总计|总额|总数|总量|金额|资金|数|额|的|(?<=总)预算|(?<=支出)预算|(?<=采购)预算|(?<=收入)预算|(?<=经费)预算)++$"
)
_SAID = re.compile(r"^(?:本年度?|全年|当年|(?:19|20)\d{2}年度?|同期|本部门|部门|单位|年度|总|全部|安排|下达|投入)++")
_WITHOUT = re.compile(r"全[市省区县国州]|[省市县区]级|同行|人口|本[市区县]|面积|产量|社会|地区|上年|去年")
_AMONG = re.compile(r"(?P<base>[^，；：。]{3,60})[中里][，：]")
_WHOLE, _TWO = 100, 2
_IS = ("为", "，为", "，即", "即", "，计", "计")
_BORNE = re.compile(r"(?:补贴|补助|负担|承担|分担|配套|出资|自筹|统筹|资金)$")
_TOTAL = re.compile(r"总(?:保费|投资|额|经费|支出|费用|金额|计|资金)")
_HEADS = 6
_SHORTEST = 2
_FAR = 40


def shares(passages: Sequence[Passage], lists: Sequence[Listing]) -> Iterator[Discrepancy]:
    """Yield the shares that part and whole do not give."""
    under: dict[Figure, list[Figure]] = {}
    for listing in lists:
        for member in listing.members:
            under.setdefault(member, []).extend(listing.heads)
    totals: list[Figure] = []
    for passage in passages:
        for sentence in passage.sentences:
            wrong = list(_in_sentence(sentence, under, totals))
            yield from wrong or _complements(sentence.figures, under)
            totals += [f for f in sentence.figures if f.function == "amount"]
            del totals[:-_FAR]


def _in_sentence(sentence: Sentence, under: dict[Figure, list[Figure]], totals: list[Figure]) -> Iterator[Discrepancy]:
    for index, rate in enumerate(sentence.figures):
        found = None
        if rate.function == "share" and rate.number.exact:
            found = _judge(rate, sentence.figures[:index], under, totals)
        elif rate.function == "rate":
            found = _rate_then_amount(sentence.figures, index)
        if found is not None:
            yield found


def _judge(
    rate: Figure, here: list[Figure], under: dict[Figure, list[Figure]], totals: list[Figure]
) -> Discrepancy | None:
    if not rate.base and rate.number.value > _WHOLE and rate.number.half < 1:
        return discrepancy("share", rate, "", (), "confirm", "above")
    if rate.of is not None:
        pair = of_its_words(rate, here)
        return None if pair is None or _fits(rate, pair[1], pair[0]) else _say(rate, pair[1], pair[0])
    part = _side_by_side(rate, here) or _part(rate, here)
    if part is None or not part.number.exact or not part.kind:
        return None
    earlier = [f for f in here if f.function == "amount" and f is not part]
    near = [*totals, *earlier]
    wholes = _wholes(rate, part, under, near)
    if not wholes:
        return None
    beside = under.get(part, [])
    pool = [f for f in earlier if f.kind == part.kind and (rate.base or not beside or under.get(f, []) != beside)]
    if any(_fits(rate, part, whole) for whole in [*wholes, *pool]):
        return None
    for other in reversed([f for f in here if f.function == "amount" and f.kind == part.kind]):
        if other is not part and any(_fits(rate, other, whole) for whole in wholes if whole is not other):
            return None
    return _say(rate, part, wholes[0])


def _complements(figures: Sequence[Figure], under: dict[Figure, list[Figure]]) -> Iterator[Discrepancy]:
    """Of two parts that are a whole, the share that was cut: 67.75 % and 32.24 % do not make 100 %."""
    pairs = [(a, b) for a, b in pairwise(figures) if a.function == "amount" and b.function == "share" and not b.base]
    pairs = [(a, b) for a, b in pairs if a.amount and a.number.exact and b.number.exact and a.kind == "money"]
    if len(pairs) != _TWO:
        return
    (one, first), (other, second) = pairs
    step = 2 * first.number.half
    missing = _WHOLE - first.number.value - second.number.value
    listed = under.get(one, []) == under.get(other, [])
    if not listed or first.number.decimals != second.number.decimals or not first.number.decimals or missing != step:
        return
    whole = one.amount + other.amount
    exact = [(part.amount / whole * 100 - rate.number.value, part, rate) for part, rate in pairs]
    if any(abs(off) >= 2 * step for off, _, _ in exact):
        return
    _, part, rate = max(exact, key=lambda e: e[0])
    right = percent(rate.number.value + step, rate)
    yield discrepancy("share", rate, right, (part, other if part is one else one), "notice", "cut")


def _rate_then_amount(figures: Sequence[Figure], index: int) -> Discrepancy | None:
    """总保费 a，省级补贴 R% 为 b: b ÷ a, a being the last total told in the sentence."""
    rate, part = figures[index], figures[index + 1] if index + 1 < len(figures) else figures[index]
    if part.function != "amount" or part.lead not in _IS or not _BORNE.search(rate.before):
        return None
    whole = next((f for f in reversed(figures[:index]) if f.function == "amount" and _TOTAL.search(f.before)), None)
    exact = whole is not None and whole.number.exact and part.number.exact and rate.number.exact
    if whole is None or not exact or whole.kind != part.kind or _fits(rate, part, whole):
        return None
    if any(_fits(rate, part, f) for f in figures[:index] if f.kind == part.kind):
        return None
    return _say(rate, part, whole)


def _side_by_side(rate: Figure, here: list[Figure]) -> Figure | None:
    """The amount that stands in a run where the share stands in its own: 分别为 a、b 和 c，占总额的 p、q 和 r."""
    figures = rate.sentence.figures
    run = next((r for r in runs_of(figures) if rate in r), [])
    amounts = next(
        (r for r in runs_of(here) if r[-1].function == "amount" and r[-1].end <= run[0].start and len(r) > 1), []
    )
    if len(run) < _TWO or len(amounts) != len(run) or figures.index(run[0]) != figures.index(amounts[-1]) + 1:
        return None
    return amounts[run.index(rate)]


def _part(rate: Figure, here: list[Figure]) -> Figure | None:
    """The amount right before the share: in the same clause group, nothing but its own growth or completion between."""
    for figure in reversed(here):
        if figure.function == "amount":
            between = rate.sentence.passage.text[figure.end : rate.start]
            return figure if "；" not in between and between.count("，") <= 3 else None
        if figure.function == "share":
            return None
    return None


def _wholes(rate: Figure, part: Figure, under: dict[Figure, list[Figure]], near: list[Figure]) -> list[Figure]:
    """The figures the share can be of, likeliest first."""
    heads = [
        h for h in reversed(under.get(part, [])) if h.kind == part.kind and h.function == "amount" and h.number.exact
    ]
    base = rate.base
    if not base:
        if under.get(part):
            return [h for h in heads if h.scope.year != "last"][:_HEADS]
        among = _AMONG.match(rate.sentence.text)
        base = subject_of(among["base"]) if among else ""
    name = _core(base)
    if len(name) < _SHORTEST:
        return []
    found = [f for f in reversed(near) if f is not part and f.kind == part.kind and f.number.exact and _named(f, name)]
    if _WITHOUT.search(rate.base):  # of a whole county or country: only what is told by this name
        return found
    found = found or told_behind(rate, part, base.strip("的") if len(name) > _SHORTEST else name)
    if part.scope.stage == "final":  # a share of what was spent is of no budget
        found = [f for f in found if f.scope.stage not in BUDGETS] or found
    return [f for f in found if f.scope.year == part.scope.year or not f.scope.year or not part.scope.year]


def _core(base: str) -> str:
    return _TAIL.sub("", _SAID.sub("", base))


def _named(figure: Figure, name: str) -> bool:
    core = _core(figure.scope.subject)
    core, name = _plain(core), _plain(name)
    return core == name or (core.endswith(name) and len(name) >= 4)


def _plain(name: str) -> str:
    """Return a name without the 的 that one writer puts in it and another leaves out."""
    return name.replace("的", "")


def _fits(rate: Figure, part: Figure, whole: Figure) -> bool:
    if whole.amount == 0:
        return part.amount == 0 and rate.number.value == 0
    return share_check(rate, part, whole).fits


def _say(rate: Figure, part: Figure, whole: Figure) -> Discrepancy | None:
    return false_rate("share", rate, part, whole, (part, whole))
