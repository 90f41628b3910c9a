"""Figures: each number with what it is (an amount, a change, a share, a growth, a completion) and whose."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, NamedTuple

from xltools.intake.narrative.facts.clauses import Span, sentence_spans, words_after, words_before, words_over_bracket
from xltools.intake.narrative.facts.evened import Evened, even
from xltools.intake.narrative.facts.numbers import Number, numbers
from xltools.intake.narrative.facts.scopes import Scope, scope_of, without_names

Function = Literal["amount", "change", "share", "growth", "completion", "rate", "other"]

_OF = r"(?:的)?(?:比例|比重|百分比|比率|份额|比)?(?:分别|各|均|都)?(?:为|是|达到|达|约为|约)?$"
_SHARE = re.compile(rf"占(?P<base>[^，；：。、（）]{{0,40}}?){_OF}")
_BARE_SHARE = re.compile(r"(?:占比|比重|所占比例|构成比)(?:分别|各|均)?(?:为|是|达到|达|：)?$")
_COMPLETION = re.compile(
    r"(?:完成|执行|达到|达|为|占|达成|实现)(?:了)?(?P<base>[^，；：。、（）]{0,24}?(?:预算|计划|任务|目标)[^，；：。、（）占为]{0,8}?)"
    rf"{_OF}"
)
_OF_A_BUDGET = re.compile(
    r"(?!.{0,24}(?:年初|全年|调整|批复|计划|任务|目标|安排|下达))(?:.{0,24}(?:[^预算]{2}支出|[^预算]{2}收入|采购|经费|总预算|预算总)|(?:收入|支出)(?:合计|总计|总额|比重|的比重)?$)"
)
_RATE = re.compile(
    r"(?P<name>(?:预算|资金|支出|整体|总体|项目|支付|拨付|拨款|部门|财政){0,3}(?:执行|支出|支付|使用|完成|到位|拨付|拨款|完工|竣工|开工|发放|兑付|兑现|收缴|征收)(?:率|进度|比例))(?:分别|各|均)?"
    r"(?:为|是|达到|达|：)?$"
)
_RUN = re.compile(r"^(?:预算|已)?执行(?:了|到)?$")
_OF_IT = re.compile(r"^的(?:比例|比重|比)?(?:为|是|达|达到|约为)?$")
_OF_WHAT = re.compile(r"(?P<verb>占|完成|达到|相当于|为)(?:了)?(?P<base>[^，；。：、（）占]{1,24})$")
_BUDGETED = re.compile(r"预算|计划|任务|目标|下达|安排|指标")
_NO_MONEY = re.compile(r"(?:预算|支出|决算|收入|经费|费|执行)数?(?:安排|为|是)?$")
_LINK = r"(?:率|幅|幅度|比例|额|金额|数|总额)?(?:分别|各|均|约)?(?:为|是|达到|达|了|：)?$"
_UP = re.compile(rf"(?:增长|增加|上升|提高|增幅|增速|上涨|增支|增收|超支|超出|上浮|多支出|多出|增|多|涨幅|上调){_LINK}")
_DOWN = re.compile(
    rf"(?:下降|减少|降低|降幅|缩减|压减|压缩|下浮|少支出|减支|减收|短收|节约|节省|核减|下调|负增长|减幅|减|降|少|跌幅){_LINK}"
)
_NO_CHANGE = re.compile(r"(?:追加|调增|调减|新增|净增)$")
_JOINTS = ("、", "，", "和", "与", "及", "/")
MOST_FIGURES = 150
"""A sentence with more figures is a table that lost its lines, no prose; nothing is made of it."""
_REACH = 120
_PARTS_FIRST = re.compile(r"其中[：:，,]|(?:主要)?包括[：:]|分别[为是]")
_NEW_FIRST = re.compile(r"[\d一二三四五六七八九十①-⑳（(第附]")
_FULL, _LONG, _STOPPED = 24, 2000, "。！？：；，）.!?:;,)|"
_FIGURE_FIRST = re.compile(r"[\d,，]{1,16}(?:\.\d{1,6})?\s{0,2}(?:万元|元|亿元|%|人|个|辆|项)")


@dataclass(slots=True, eq=False)
class Figure:
    """A number of a sentence. `lead`: all since the figure before it; `before`, `after`: words up to the next mark."""

    number: Number
    sentence: Sentence
    lead: str
    before: str
    after: str
    function: Function
    base: str = ""  # what a share or completion is said to be of
    direction: int = 0  # of a change or growth: 1 up, -1 down
    scope: Scope = field(default_factory=Scope)
    word_start: int = 0
    of: Figure | None = None  # the base, where it stands in a rate's own words

    @property
    def amount(self) -> Decimal:
        """The value in one scale (元, or its own unit)."""
        return self.number.amount

    @property
    def slack(self) -> Decimal:
        """Half the last digit shown, in the same scale."""
        return self.number.slack

    @property
    def kind(self) -> str:
        """What it can be compared with."""
        return self.number.kind

    @property
    def start(self) -> int:
        """Where the number begins in the paragraph's matched text."""
        return self.number.start

    @property
    def end(self) -> int:
        """Where it ends, unit included."""
        return self.number.end


@dataclass(slots=True, eq=False)
class Sentence:
    """A sentence of a passage with its figures."""

    passage: Passage
    span: Span
    figures: list[Figure] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The sentence as it is matched."""
        return self.passage.text[self.span.start : self.span.end]


class Line(NamedTuple):
    """A paragraph as a document gives it: the headings above it, and where it stands in a person's words."""

    text: str
    heading: bool = False
    above: tuple[str, ...] = ()
    place: str = ""


@dataclass(slots=True, eq=False)
class Passage:
    """A paragraph (or heading) in reading order."""

    index: int
    evened: Evened
    heading: bool = False
    headings: tuple[str, ...] = ()
    place: str = ""
    sentences: list[Sentence] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The paragraph as it is matched."""
        return self.evened.text

    @property
    def figures(self) -> Iterator[Figure]:
        """All its figures in order."""
        for sentence in self.sentences:
            yield from sentence.figures


def read_passages(lines: Iterable[Line]) -> list[Passage]:
    """Return the passages that a document's lines make, with their figures."""
    found = []
    for index, line in enumerate(_joined(lines)):
        passage = Passage(index, even(line.text), line.heading, tuple(even(h).text for h in line.above), line.place)
        _read(passage)
        found.append(passage)
    return found


def _joined(lines: Iterable[Line]) -> Iterator[Line]:
    """Join a line that ends in the words of a figure with the line that begins with it (收入总计⏎26,591.08万元), parts
    with what they are parts of (…⏎其中：…), and a sentence that a page cut."""
    held: Line | None = None
    for line in lines:
        if held is not None and not line.heading and _goes_on(held.text, line.text):
            held = held._replace(text=held.text + line.text)
            continue
        if held is not None:
            yield held
        held = line
        if line.heading:
            yield line
            held = None
    if held is not None:
        yield held


def _goes_on(held: str, text: str) -> bool:
    begun = bool(held) and "一" <= held[-1] <= "鿿" and _FIGURE_FIRST.match(text)
    return bool(begun or _PARTS_FIRST.match(text) or (_broken(held) and not _NEW_FIRST.match(text)))


def _broken(text: str) -> bool:
    """True for a line of prose that stops in the middle of a sentence."""
    return _FULL < len(text) < _LONG and text[-1] not in _STOPPED and ("，" in text or "," in text)


def _read(passage: Passage) -> None:
    spans = list(sentence_spans(passage.text))
    passage.sentences = [Sentence(passage, span) for span in spans]
    quantities = numbers(passage.text)
    at = 0
    for sentence in passage.sentences:
        mine = []
        while at < len(quantities) and quantities[at].start < sentence.span.end:
            mine.append(quantities[at])
            at += 1
        if len(mine) <= MOST_FIGURES:
            sentence.figures = list(_figures(sentence, mine))


def _figures(sentence: Sentence, quantities: Sequence[Number]) -> Iterator[Figure]:
    text, last = sentence.passage.text, sentence.span.start
    previous: Figure | None = None
    for number in quantities:
        start = words_before(text, last, number.start)
        lead = text[max(last, number.start - _REACH) : number.start]
        before = words_over_bracket(text, last, start, number.start)
        after = text[number.end : words_after(text, number.end, sentence.span.end)]
        if not number.value and not number.unit and _NO_MONEY.search(before):  # 年初预算为 0，
            number.unit = "万元"
        function, base, direction = _function(number, before)
        of = previous if previous is not None and _OF_IT.match(lead) and previous.function == "amount" else None
        if of is not None and number.unit == "%" and (what := _OF_WHAT.search(of.before)):
            function, base = ("completion" if _BUDGETED.search(what["base"]) else "share"), what["base"]
        else:
            of = None
        if function == "rate" and lead == "（" and previous is not None and previous.function == "change":
            function, direction = "growth", previous.direction  # 减少 1.50 万元（39.47%）
        alone = (
            previous is not None
            and before in ("", lead)
            and lead in _JOINTS
            and function in ("other", "amount", "rate")
        )
        if alone and previous is not None and previous.kind == number.kind:  # 分别增长 5%、6%
            function, base, direction = previous.function, previous.base, previous.direction
        figure = Figure(number, sentence, lead, before, after, function, base, direction, Scope(), start, of)
        figure.scope = scope_of(before, lead, previous.scope if function == "amount" and previous is not None else None)
        yield figure
        previous, last = figure, number.end


def _function(number: Number, before: str) -> tuple[Function, str, int]:
    if number.unit in ("%", "‰", "百分点"):
        if number.unit == "%":
            if match := _COMPLETION.search(before):
                part = match.group().startswith("占") and _OF_A_BUDGET.match(without_names(match["base"]))
                return ("share" if part else "completion"), match["base"], 0
            if match := _SHARE.search(before):
                return "share", match["base"], 0
            if _BARE_SHARE.search(before):
                return "share", "", 0
            if match := _RATE.search(before):
                return "completion", match["name"], 0
            if _RUN.match(before):
                return "completion", "执行", 0
        if _UP.search(before):
            return "growth", "", 1
        if _DOWN.search(before):
            return "growth", "", -1
        return "rate", "", 0
    if not number.unit:
        return "other", "", 0
    if not _NO_CHANGE.search(before):
        if _UP.search(before):
            return "change", "", 1
        if _DOWN.search(before):
            return "change", "", -1
    return "amount", "", 0
