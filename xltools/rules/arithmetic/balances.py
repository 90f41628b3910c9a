"""Balances, counts and products: 收入总计 against 支出总计, a number of things against their names, 140×300 against its result."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from xltools.form.words import shared_words
from xltools.intake.narrative.facts.clauses import words_before
from xltools.intake.narrative.facts.figures import Figure, Passage, Sentence
from xltools.intake.narrative.facts.known import Known, known_facts
from xltools.intake.narrative.facts.numbers import SCALES
from xltools.intake.narrative.facts.scopes import money_of
from xltools.rules.arithmetic.verdicts import (
    TINY,
    Discrepancy,
    Level,
    Source,
    discrepancy,
    percent,
    quoted,
    share_check,
    shown,
)

_BOTH = re.compile(r"收支总[计额]|收入支出总[计额]")


def balances(passages: Sequence[Passage], known: Known) -> Iterator[Discrepancy]:
    """Yield totals of income and expenditure (总计) told side by side that are not equal, and those that the year's
    figure and the carry-over do not make."""
    yield from _carried_over(known)
    for passage in passages:
        for sentence in passage.sentences:
            yield from _one_figure_for_both(sentence)
            yield from _income_and_spending(sentence)


def _carried_over(known: Known) -> Iterator[Discrepancy]:
    """收入总计 = 本年收入合计 + 年初结转和结余 + 使用非财政拨款结余, where all of them are told of all money."""
    for balance in shared_words().balance:
        total = known.only(balance.total)
        parts = [known.only(name) for name in balance.parts]
        if total is None or not parts or any(p is None for p in parts):
            continue
        told = [p for p in (*parts, *(known.only(name) for name in balance.optional)) if p is not None]
        whole = sum((p.amount for p in told), Decimal(0))
        gap = abs(total.amount - whole)
        allowed = max(f.slack for f in (total, *told) if f.amount or f.number.decimals) * (len(told) + 1)
        if gap > allowed + TINY and total.kind == "money":
            yield discrepancy("balance", total, shown(whole, total), (*told, total), "confirm")


def _one_figure_for_both(sentence: Sentence) -> Iterator[Discrepancy]:
    for one, other in zip(sentence.figures, sentence.figures[1:], strict=False):
        pair = one.function == other.function == "amount" and one.kind == other.kind == "money"
        if pair and other.lead in ("，", "、", "和") and _BOTH.search(one.before) and one.amount != other.amount:
            yield discrepancy("balance", other, one.number.raw, (one,), "confirm")


def _income_and_spending(sentence: Sentence) -> Iterator[Discrepancy]:
    """Two totals that must be equal, told in one sentence as 总计."""
    pairs: dict[tuple[str, ...], tuple[str, ...]] = {
        (b.equals,): (b.total,) for b in shared_words().balance if b.equals
    }
    first: Figure | None = None
    for figure in sentence.figures:
        names = known_facts(figure)
        if "总计" not in figure.before or figure.scope.stage not in ("", "final"):
            continue
        if names in pairs:
            first = figure
        elif first is not None and names == pairs.get(known_facts(first)):
            years = {f.scope.year for f in (first, figure)} - {""}
            same = money_of(first.before) == money_of(figure.before) and len(years) <= 1
            carried = "结转" in sentence.passage.text
            if same and not carried and abs(first.amount - figure.amount) > max(first.slack, figure.slack):
                yield discrepancy("balance", figure, first.number.raw, (first,), "confirm")
            first = None


_GIVEN = re.compile(r"到位|下达|收到|拨入|预算(?:资金|安排|数)?$")
_PLANNED = re.compile(r"^(?:[^，]{0,8})?计划(?:安排)?(?:资金)?(?:为|：)?$")
_SPENT = re.compile(r"支出|支付|使用|拨付|执行")
_LEFT = re.compile(
    r"^(?:资金|年末|年底|期末|尚|累计)?(?:结余|剩余|结转|余额|节余)(?:资金|金额)?(?:（?万元）?)?(?:为|：|共|是)?$"
)


def left_over(passages: Sequence[Passage]) -> Iterator[Discrepancy]:
    """到位 a, 支出 b, 结余 c in one sentence that tells no other amount: a less b is c."""
    for passage in passages:
        for sentence in passage.sentences:
            money = [f for f in sentence.figures if f.function == "amount" and f.kind == "money"]
            money = [f for f in money if not _PLANNED.search(f.before)]
            if len(money) != 3 or not all(f.number.exact for f in money):
                continue
            given, spent, left = money
            told = _GIVEN.search(given.before) and _SPENT.search(spent.before) and _LEFT.search(left.before)
            if not told or "上年" in sentence.text:
                continue
            gap = given.amount - spent.amount - left.amount
            if abs(gap) > given.slack + spent.slack + left.slack + TINY:
                right = shown(given.amount - spent.amount, max(given, spent, key=lambda f: f.number.decimals))
                yield discrepancy("balance", left, right, (given, spent), "confirm")


# ---------------------------------------------------------------- counts
_THINGS = ("个", "家", "所", "项", "类", "处")
_NAMES = re.compile(r"^[^，。；：、\d]{0,12}[，：]?(?:分别(?:为|是)：?|具体(?:为|是)：?|即：?|：)")
_BODY = re.compile(r"[科室股处局所站办队院校馆部会组委厅社团司镇乡]$|中心$|支队$|大队$|街道$|社区$|指标$")
_JOINED = re.compile(r"和|及|与")
_WHOLE = re.compile(r"共(?:有|计)?$")
_OPENED = re.compile(r"年初")
_ADDED = re.compile(r"年中(?:新?增加?|追加)|(?:年度)?中途(?:新?增加?|追加)|执行中(?:新?增加?|追加)")
_LONGEST_NAME, _FEWEST = 16, 3


def counts(passages: Sequence[Passage]) -> Iterator[Discrepancy]:
    """Yield a number of offices that is not the number named behind it, and a number of projects that its parts exceed."""
    for passage in passages:
        for sentence in passage.sentences:
            for figure in sentence.figures:
                if figure.kind in _THINGS and figure.function == "amount" and figure.number.exact:
                    yield from _named(figure)
            yield from _begun_and_added(sentence)


def _named(figure: Figure) -> Iterator[Discrepancy]:
    text, end = figure.sentence.passage.text, figure.sentence.span.end
    opened = _NAMES.match(text[figure.end : min(end, figure.end + 24)])
    if opened is None:
        return
    start = figure.end + opened.end()
    stop = min((p for p in (text.find(ch, start, end) for ch in "。；，：") if p >= 0), default=end)
    names = _without_brackets(text[start:stop]).split("、")
    if len(names) < _FEWEST or any(not n or len(n) > _LONGEST_NAME or re.search(r"\d", n) for n in names):
        return
    if not all(_BODY.search(n) for n in names) or "等" in names[-1]:
        return
    most = len(names) + sum(len(_JOINED.findall(n)) for n in names)
    if not len(names) <= figure.amount <= most:
        one = discrepancy("count", figure, str(len(names)), (figure,), "confirm")
        yield replace(one, end=stop, quote=figure.sentence.passage.evened.quote(figure.word_start, stop))


def _without_brackets(text: str) -> str:
    kept, depth = [], 0
    for ch in text:
        depth += ch == "（"
        if not depth:
            kept.append(ch)
        depth -= ch == "）"
    return "".join(kept)


def _begun_and_added(sentence: Sentence) -> Iterator[Discrepancy]:
    """共 15 个，年初 8 个，年中增加 8 个."""
    figures = [
        f for f in sentence.figures if f.function in ("amount", "change") and f.kind in _THINGS and f.number.exact
    ]
    outer = [f for f in figures if _depth(f) == 0]
    for total, opened, added in zip(outer, outer[1:], outer[2:], strict=False):
        whole = opened.amount + added.amount
        told = _WHOLE.search(total.before) and _OPENED.search(opened.before) and _ADDED.search(added.before)
        if told and total.kind == opened.kind == added.kind and whole != total.amount:
            one = discrepancy("count", total, f"{whole}{total.number.unit}", (total, opened, added), "confirm")
            yield replace(one, end=added.end, quote=quoted(sentence.passage, one.start, added.end))


def _depth(figure: Figure) -> int:
    text, start = figure.sentence.passage.text, figure.sentence.span.start
    return text.count("（", start, figure.start) - text.count("）", start, figure.start)


# ---------------------------------------------------------------- products
_FACTOR = r"\d{1,12}(?:\.\d{1,6})?(?:%|[^\d+×*=，。；：（）]{1,6})?"
_TERM = rf"{_FACTOR}(?:[×*]{_FACTOR}){{0,4}}"
_EQUATION = re.compile(
    rf"(?P<left>{_TERM}(?:\+{_TERM}){{0,8}})=(?:约)?(?P<right>\d{{1,12}}(?:\.\d{{1,6}})?)(?P<unit>亿元|万元|千元|元)?"
)
_OVER = re.compile(r"^[）]?[÷/][^\d，。；÷=]{0,16}$")
_GIVES = re.compile(r"^[）]?(?:[×*]100%)?[=≈]$")
_MORE_TERMS = ("-", "—", "－", "−", "+", "×", "*", "÷", "/")
_NUMBER = re.compile(r"(\d{1,12}(?:\.\d{1,6})?)(%|万元|元)?")


def products(passages: Sequence[Passage]) -> Iterator[Discrepancy]:
    """Yield products written out (140×300+96×500=9 万元) that come to something else, whatever the unit."""
    for passage in passages:
        for sentence in passage.sentences:
            yield from _quotients(sentence)
        for match in _EQUATION.finditer(passage.text):
            if ("×" not in match["left"] and "*" not in match["left"]) or _divided(passage.text, match.start()):
                continue
            value = sum((_product(term) for term in match["left"].split("+")), Decimal(0))
            stated = Decimal(match["right"])
            half = Decimal(5).scaleb(int(stated.as_tuple().exponent) - 1)
            scales = {0, -SCALES.get(match["unit"] or "元", 0), SCALES.get(match["unit"] or "元", 0)}
            if any(abs(value.scaleb(s) - stated) <= half + TINY for s in scales):
                continue
            start = words_before(passage.text, 0, match.start())
            quote = passage.evened.quote(start, match.end())
            right = f"{value.normalize():f}"
            claim = Source("", f"{match['right']}{match['unit'] or ''}", passage.index, stated, match["unit"] or "")
            yield Discrepancy(
                "product", passage.index, start, match.end(), quote, claim, match["right"], right, (), "confirm"
            )


def _divided(text: str, place: int) -> bool:
    """True when the clause divides before this place (a÷b×100%=): no product is stated."""
    begin = words_before(text, 0, place)
    return any(mark in text[begin:place] for mark in "÷/")


def _quotients(sentence: Sentence) -> Iterator[Discrepancy]:
    """Yield rates written out (实际支出 190 万元÷预算 200 万元×100%=95%) that come to something else."""
    figures = [f for f in sentence.figures if not (f.number.unit == "%" and f.lead.endswith(("×", "*")))]
    text = sentence.passage.text
    for part, whole, rate in zip(figures, figures[1:], figures[2:], strict=False):
        divided = _OVER.match(text[part.end : whole.start]) and _GIVES.match(text[whole.end : rate.start])
        alone = text[part.start - 1 : part.start] not in _MORE_TERMS  # of (63.46-32)÷32 the 32 is no part
        exact = part.kind == whole.kind and whole.amount and rate.number.unit == "%" and alone
        if not divided or not exact:
            continue
        check = share_check(rate, part, whole)
        if not check.fits and check.exact is not None:
            right = percent(check.exact, rate)
            level: Level = "notice" if check.cut or check.trailing else "confirm"
            yield discrepancy("completion", rate, right, (whole, part), level, "cut" if check.cut else "")


def _product(term: str) -> Decimal:
    value = Decimal(1)
    for factor in re.split(r"[×*]", term):
        number = _NUMBER.match(factor)
        if number is not None:
            value *= Decimal(number.group(1)) * (Decimal("0.01") if number.group(2) == "%" else 1)
    return value
