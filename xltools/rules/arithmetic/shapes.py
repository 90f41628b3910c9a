"""Words and shapes: what a template left behind, a figure without its unit, marks that do not pair, numbers that skip."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from xltools.intake.narrative.facts.clauses import whole_word, words_after, words_before
from xltools.intake.narrative.facts.figures import Passage
from xltools.intake.narrative.facts.kinds import title_of
from xltools.intake.narrative.facts.numbers import chinese_number

ShapeKind = Literal["residue", "blank", "percent", "unit", "quotes", "brackets", "numbering", "empty", "doubled"]

MOST = 6
"""More than a few remarks of this kind about one text help nobody."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Something a careful reader would mark. `what`: the words that are wrong; `quote`: with the words around them."""

    kind: ShapeKind
    passage: int
    start: int
    end: int
    quote: str
    what: str


_RESIDUE = re.compile(
    r"大小于|小大于|大于小于|大（小）于|减少?增加|增加?减少|增长下降|下降增长|上升下降|"
    r"(?:增加|增长|上升)（(?:减少|下降|降低)）|(?:减少|下降|降低)（(?:增加|增长|上升)）|"
    r"20[X×]{2}(?=年)|支出收入(?=\d)|(?<![A-Za-z\dX×*])[X×]{2,6}(?=年|月|日|万元|元|%|人|个|项|家|名|辆|部门|单位|局|委|办)|"
    r"（[^（）]{0,12}\d{2,4}字(?:以内|左右|以上|以下|之内)[^（）]{0,8}）|（(?:此处|请在此|请根据|请按|在此)[^（）]{0,40}）|"
    r"(?<![\d.])[1-9]20[0-3]\d年(?=度|预算|决算|\d{1,2}月|收入|支出)|(?<!\d)20\d年(?=\d{1,2}月\d{1,2}日)|(?<!\d)20[0-3]\d{2}年(?=度|预算|决算|\d{1,2}月|收入|支出)|"
    r"(?<![\d.])(?:2[2-9]|[3-9]\d)\d{2}年(?!代)|错误[!！](?:未定义书签|未找到引用源|链接无效)|_{4,20}|PAGEREF"
)
_BLANK = re.compile(
    r"(?:占|增长|下降|减少|增加|降低)(?:了|为)?(?:%|万元)|(?<=，)占[一-鿿“”]{2,16}(?<!率)(?<!比)%(?=[，。；])"
)
_NO_PERCENT = re.compile(
    r"(?:增长|下降|降低|上升|增幅|降幅|占比|完成率|执行率|(?<=，)占)(?:了|为|达)?\d{1,4}\.\d{1,4}(?=[。；，）])"
)
_NO_YUAN_LISTED = re.compile(r"万元[；、，][^，。；、：（）\d]{1,12}\d{1,9}(?:\.\d{1,6})?万(?=[。；、]|$)")
_NO_UNIT = re.compile(r"(?:支出决算|年初预算|收入决算|全年预算|执行)数?为\d{1,9}\.\d{1,2}(?=[。；]|，(?!\d))")
_NO_YUAN = re.compile(
    r"(?:支出|收入|经费|资金|预算|决算|费用?|金额|投资|增加|减少)[^，。；：（）\d]{0,12}\d{1,9}(?:\.\d{1,6})?万(?=[，。；、（）]|$)"
)
_UNIT = re.compile(r"(?<=\d)(?:hmm|hm(?![a-z²2\d]))|万元(?:亩|头|户|只|辆|平方米)(?!均)|元万|亩元|\d%元|\d元%")
_DOUBLED = re.compile(
    r"(?P<a>[一-鿿]{3,8})(?P=a)|(?!支出|人员|项目|经费|管理|单位|收入|工作|服务|资金|部门|公用|预算|决算)(?P<b>[一-鿿]{2})(?P=b)(?!(?P=b))|的的|了了|元元|万万元|%%|为为|是是|金金(?!额|融)|款款(?!项)"
)
_LIST_MARK = re.compile(r"^(?:[\d一二三四五六七八九十]{1,3}|[a-zA-Z])[)）]")
_TOP = re.compile(r"^(?P<n>[一二三四五六七八九十]{1,3})、")
_SECOND = re.compile(r"^[（(](?P<n>[一二三四五六七八九十]{1,3})[）)]")
_THIRD = re.compile(r"^(?P<n>\d{1,2})[.．、](?!\d)")
_SECTION = re.compile(rf"{_TOP.pattern}|{_SECOND.pattern}|第[一二三四五六七八九十]{{1,3}}部分".replace("(?P<n>", "(?:"))
_PER = re.compile(r"每|人均|单价|标准|生均|户均|亩均|/")
_FORMAL_YEAR = re.compile(
    r"(?<![\d较比与同截至到])(?P<year>20[0-3]\d)年度?(?:部门|单位|本级)?(?:决算编制|决算汇编|决算编报|年末结转|年末无结转|绩效自评工作)"
)
_OFTEN = 4
_BUDGET_SUM = re.compile(r"(?:预算|执行|资金总|项目资金)(?:资金)?(?:数|额|金额)?(?:为|是|：|共)?$")
_A_BUDGET = 10_000
_CENTS, _SEVERAL = 2, 2
_LONGEST_TITLE = 30
_CLAUSE = re.compile(r"[一-鿿]{8,60}")


def shapes(passages: Sequence[Passage]) -> list[Shape]:
    """Return the remarks in reading order, one of a kind a passage, at most MOST."""
    found: list[Shape] = []
    for passage in passages:
        found += _words(passage)
        found += _other_unit(passage)
        found += _small_change(passage)
    found += _old_years(passages)
    found += _pairs(passages)
    found += _numbering(passages)
    found += _empty(passages)
    found.sort(key=lambda s: (s.passage, s.start))
    once = {(s.kind, s.what if s.kind != "quotes" else s.passage): s for s in reversed(found)}
    return sorted(once.values(), key=lambda s: (s.passage, s.start))[:MOST]


def _words(passage: Passage) -> Iterator[Shape]:
    kinds: tuple[tuple[ShapeKind, re.Pattern[str]], ...] = (
        ("residue", _RESIDUE),
        ("blank", _BLANK),
        ("percent", _NO_PERCENT),
        ("unit", _NO_YUAN),
        ("unit", _NO_YUAN_LISTED),
        ("unit", _NO_UNIT),
        ("unit", _UNIT),
        ("doubled", _DOUBLED),
    )
    yield from _said_again(passage)
    taken: list[tuple[int, int]] = []
    for kind, pattern in kinds:
        match = pattern.search(passage.text)
        if match is None or any(a < match.end() and match.start() < b for a, b in taken):
            continue
        taken.append(match.span())
        yield _shape(kind, passage, match.start(), match.end())


def _old_years(passages: Sequence[Passage]) -> Iterator[Shape]:
    """Yield a sentence of form (纳入 2021 年度决算编制的…) that still names the year before the title's."""
    year = title_of(passages).year
    for passage in passages if year else ():
        match = None if passage.heading else _FORMAL_YEAR.search(passage.text)
        if match is not None and int(match["year"]) + 1 == year:
            yield _shape("residue", passage, match.start(), match.end())


def _said_again(passage: Passage) -> Iterator[Shape]:
    """Yield two clauses that come once more in the same order: pasted twice."""
    said: set[tuple[str, str]] = set()
    last: re.Match[str] | None = None
    for clause in _CLAUSE.finditer(passage.text):
        if last is not None and last.end() + 1 == clause.start():
            pair = (last.group(), clause.group())
            if pair in said:
                yield _shape("doubled", passage, last.start(), clause.end())
                return
            said.add(pair)
        last = clause


def _shape(kind: ShapeKind, passage: Passage, start: int, end: int) -> Shape:
    begin = words_before(passage.text, 0, start)
    stop = words_after(passage.text, end, len(passage.text))
    quote = passage.evened.quote(whole_word(passage.text, max(begin, start - 24), begin), min(stop, end + 16))
    return Shape(kind, passage.index, start, end, quote, passage.evened.quote(start, end))


def _small_change(passage: Passage) -> Iterator[Shape]:
    """Yield a budget of less than some thousand 元 where no amount of the paragraph is more: 万元 was meant."""
    money = [f for f in passage.figures if f.function == "amount" and f.kind == "money" and f.amount]
    told = [f for f in money if f.number.unit == "元" and _BUDGET_SUM.search(f.before)]
    if told and all(f.number.unit == "元" and f.amount < _A_BUDGET for f in money):
        yield _shape("unit", passage, told[0].start, told[0].end)


def _other_unit(passage: Passage) -> Iterator[Shape]:
    """Yield an amount in 元 with two decimals among several in 万元: 420.37元 beside 614.39万元."""
    for sentence in passage.sentences:
        money = [f for f in sentence.figures if f.function == "amount" and f.kind == "money"]
        large = [f for f in money if f.number.unit == "万元" and f.number.decimals]
        small = [f for f in money if f.number.unit == "元" and f.number.decimals >= _CENTS]
        if len(large) < _SEVERAL or len(small) != 1:
            continue
        odd = small[0]
        if (
            not _PER.search(odd.before)
            and not odd.after.startswith("/")
            and odd.number.value < max(f.number.value for f in large)
        ):
            yield _shape("unit", passage, odd.start, odd.end)


# ---------------------------------------------------------------- marks in pairs
def _pairs(passages: Sequence[Passage]) -> Iterator[Shape]:
    """Yield passages whose brackets or quotes do not pair; a pair that closes in the next passage is a wrapped line."""
    for kind, opening, closing in (
        ("quotes", "“", "”"),
        ("brackets", "（(", "）)"),
        ("brackets", "〔[［【", "〕]］】"),
        ("quotes", "《", "》"),
    ):
        carried = 0
        for index, passage in enumerate(passages):
            surplus, place = _surplus(passage, opening, closing)
            if not surplus:
                continue
            if carried and surplus == -carried:
                carried = 0
                continue
            behind = passages[index + 1] if index + 1 < len(passages) else None
            if behind is not None and surplus == -_surplus(behind, opening, closing)[0]:
                carried = surplus
                continue
            carried = 0
            start = whole_word(passage.evened.source, max(0, place - 12))
            quote = passage.evened.source[start : place + 13]
            yield Shape(kind, passage.index, place, place + 1, quote, passage.evened.source[place])  # type: ignore[arg-type]


def _surplus(passage: Passage, opening: str, closing: str) -> tuple[int, int]:
    """How many more open than close (counted in order: a close without an open counts down), and where the first is."""
    source = passage.evened.source
    mark = _LIST_MARK.match(source)
    begin = mark.end() if mark else 0
    depth, lone, place, opened = 0, 0, -1, -1
    for index in range(begin, len(source)):
        ch = source[index]
        if ch in opening:
            if not depth:
                opened = index
            depth += 1
        elif ch in closing:
            if depth:
                depth -= 1
            elif not _numbered(source, index):
                lone += 1
                place = index if place < 0 else place
    return (depth - lone, opened if depth else place) if depth != lone or depth else (0, -1)


def _numbered(source: str, index: int) -> bool:
    """True for a bracket that closes a list's number (1）, a)), which never opens."""
    before = source[max(0, index - 3) : index]
    return bool(re.search(r"(?:^|[^\d一-鿿])?(?:\d{1,2}|[a-zA-Z])$", before)) and source[index] in ")）"


# ---------------------------------------------------------------- numbers of sections
def _numbering(passages: Sequence[Passage]) -> Iterator[Shape]:
    """Yield a section whose number repeats or skips one: 一、二、四."""
    for pattern, outer in ((_TOP, None), (_SECOND, _TOP), (_THIRD, _SECTION)):
        last = 0
        for passage in passages:
            if outer is not None and outer.match(passage.text):
                last = 0
            match = pattern.match(passage.evened.source)
            if match is None:
                continue
            number = int(match["n"]) if match["n"].isdigit() else int(chinese_number(match["n"]) or 0)
            first_again = number == last == 1 and passage.heading and pattern is _SECOND
            if (number == 1 or not last) and not first_again:
                last = number if number == 1 else 0
                continue
            again = number == last and (passage.heading or pattern is _THIRD)
            skips = (
                number == last + 2 and (passage.heading or pattern is _THIRD) and (pattern is not _THIRD or last > 1)
            )
            if again or skips:
                yield _shape("numbering", passage, 0, match.end())
            last = number if number in (last, last + 1, last + 2) else 0


def _bare(passage: Passage) -> bool:
    """True for a heading that says nothing itself (六、机关运行经费为 0。 does)."""
    text = passage.text
    return len(text) <= _LONGEST_TITLE and text[-1] not in "。；" and "：" not in text[:-1]


def _titles(passage: Passage) -> bool:
    return _SECTION.match(passage.evened.source) is not None and _bare(passage)


def _empty(passages: Sequence[Passage]) -> Iterator[Shape]:
    """Yield a heading with nothing under it; several in a row are a table of contents."""
    row: list[Passage] = []
    for passage in (*passages, None):
        if passage is not None and passage.heading:
            row.append(passage)
            continue
        pairs = [(a, b) for a, b in itertools.pairwise(row) if all(map(_titles, (a, b)))]
        hollow = [a for a, b in pairs if len(b.headings) <= len(a.headings)]
        row = [p for p in row if _titles(p)]
        if 0 < len(hollow) < _OFTEN - 1 and len(row) <= _OFTEN:
            for heading in hollow:
                yield _shape("empty", heading, 0, len(heading.text))
        row = []
