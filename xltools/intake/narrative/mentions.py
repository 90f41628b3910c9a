"""Sentences and the numbers they mention: value, shown digits, unit, the words before, the list it stands in, the year."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from xltools.intake.cells.written import read_number
from xltools.intake.narrative.document import Paragraph

_QUOTES = re.compile("[“”‘’\"'「」『』《》〈〉]")
_ONE_IN_BRACKETS = re.compile(r"[（(]([一-鿿])[）)](?<![（(][一二三四五六七八九十][）)])")
_PUNCTUATION = {",": "，", ":": "：", ";": "；", "(": "（", ")": "）", "?": "？", "!": "！"}
_ASCII_MARK = re.compile(r",(?!\d{3}(?!\d))|(?<!\d),|[:;()?!]")

_SAME = {"名": "人", "位": "人", "％": "%", "个百分点": "百分点"}
_UNITS = (
    *("个百分点", "百分点", "百万元", "千万元", "亿元", "万元", "千元", "元", "%", "‰", "人次", "户次", "场次", "批次"),
    *("个月", "小时", "平方米", "平方公里", "立方米", "公里", "公顷", "公斤", "万人次", "万人", "万字", "万份", "万户"),
    *("分", "人", "名", "位", "个", "件", "份", "篇", "期", "次", "条", "项", "户", "家", "场", "宗", "起", "台", "套"),
    *("辆", "艘", "米", "亩", "吨", "处", "座", "栋", "间", "所", "村", "镇", "批", "本", "册", "张", "只", "头", "株"),
    *("棵", "例", "种", "类", "班", "门", "组", "支", "队", "枚", "幅", "部", "块", "条次", "人份", "天", "字"),
)
_UNIT = "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True))
_DIGITS = r"[-−]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_CHINESE = r"百分之[零一二三四五六七八九十百点\d.]+|[一二三四五六七八九十百千万零]{2,12}(?=(?:亿元|万元|元|人|名))"
_NUMBER = re.compile(
    rf"(?<![\dA-Za-z.,])(?:(?P<digits>{_DIGITS})(?P<unit>{_UNIT})?|(?P<chinese>{_CHINESE})(?P<unit2>亿元|万元|元|人|名)?)"
)
_DATE = re.compile(
    r"(?:19|20)\d{2}年度?(?:\d{1,2}月(?:\d{1,2}[日号])?)?|(?:19|20)\d{2}([-./])\d{1,2}\1\d{1,2}(?!\d)|(?:19|20)\d{2}[-/]\d{1,2}(?!\d)|\d{1,2}月(?:\d{1,2}[日号])?"
)
_YEAR = re.compile(
    r"(?P<against>[比较与同]|相比|对比)?(?:(?P<year>(?:19|20)\d{2})(?:年|—|-|至)|(?P<word>上年|去年|上一年|上年度|前年|往年|同期|历年))"
)
_SENTENCE = re.compile(r"[^。！？]+[。！？]?")
_APPROXIMATE = re.compile(
    r"(?:约|近|超|超过|逾|超出|不足|不到|至少|最多|多达|将近|大约|接近|第|不低于|不少于|不超过|不高于|低于|高于|≥|≤|>|<|～|~|—)$"
)
_LOOSE = re.compile(r"^(?:余|多|左右|以上|以下|以内|上下|号|—|～|~|至|到|-|/|：\d|、\d+号)")
LONGEST_PARAGRAPH, LONGEST_SENTENCE = 20_000, 3_000
"""What is longer is no prose; it is not searched for numbers."""
LIST_MARK = re.compile(r"(?P<all>分别为|分别是)|(?P<some>其中|包括)")


@dataclass(slots=True, eq=False)
class Mention:
    """One number in a sentence. `before`: the words from the last comma (or number) to it; `after`: to the next comma."""

    sentence: Sentence
    start: int
    end: int
    value: Decimal
    raw: str
    unit: str
    before: str
    after: str
    brackets: int
    exact: bool
    year: int | str | None
    head: Mention | None = None
    exhaustive: bool = False

    @property
    def half(self) -> Decimal:
        """Half a unit of the last digit shown."""
        exponent = self.value.as_tuple().exponent
        return Decimal(5).scaleb(int(exponent) - 1)

    @property
    def text(self) -> str:
        """The number as written, with its unit."""
        return self.raw


@dataclass(slots=True, eq=False)
class Sentence:
    """One sentence as it is matched (`text`: no quotes, no stray blanks) with its numbers in order."""

    paragraph: Paragraph
    text: str
    offset: int = 0  # of the paragraph's matched text
    mentions: list[Mention] = field(default_factory=list)


def flat(text: str) -> str:
    """Return a text as it is matched: Chinese punctuation, no quotes, brackets around one character opened."""
    text = _ASCII_MARK.sub(lambda m: _PUNCTUATION.get(m.group(), m.group()), text)
    return _ONE_IN_BRACKETS.sub(r"\1", _QUOTES.sub("", text)).replace(" ", "")


def sentences(paragraph: Paragraph) -> list[Sentence]:
    """Return the sentences of a paragraph with their numbers."""
    found = []
    for match in _SENTENCE.finditer(flat(paragraph.text[:LONGEST_PARAGRAPH])):
        sentence = Sentence(paragraph, match.group(), match.start())
        if len(sentence.text) <= LONGEST_SENTENCE:
            sentence.mentions = list(_mentions(sentence))
            _lists(sentence)
        found.append(sentence)
    return found


def _mentions(sentence: Sentence) -> Iterator[Mention]:
    text = sentence.text
    dates = deque(m.span() for m in _DATE.finditer(text))
    years = deque(_years(text))
    year: int | str | None = None
    last = len(_list_number(text))
    for match in _NUMBER.finditer(text):
        start, end = match.span()
        while dates and dates[0][1] <= start:
            dates.popleft()
        if start < last or (dates and dates[0][0] < end):
            continue
        unit = match["unit"] or match["unit2"] or ""
        value = _value(match)
        if value is None:
            continue
        if (match["chinese"] or "").startswith("百分之"):
            unit = "%"
        while years and years[0][0] <= start:
            year = years.popleft()[1]
        before = text[_clause_start(text, last, start) : start]
        after = text[end : _clause_end(text, end)]
        yield Mention(
            sentence,
            start,
            end,
            value,
            match.group(),
            _SAME.get(unit, unit),
            before,
            after,
            text.count("（", 0, start) - text.count("）", 0, start),
            not _APPROXIMATE.search(before) and not _LOOSE.match(after),
            year,
        )
        last = end


def _value(match: re.Match[str]) -> Decimal | None:
    if match["digits"]:
        return Decimal(match["digits"].replace(",", "").replace("−", "-"))
    written = read_number(match["chinese"], "%" if match["chinese"].startswith("百分之") else "")
    return None if written.value is None else Decimal(str(written.value))


def _list_number(text: str) -> str:
    match = re.match(r"（\d{1,2}）|\d{1,2}(?:[、．]|\.(?!\d))", text)
    return match.group() if match else ""


def _clause_start(text: str, last: int, start: int) -> int:
    return max(last, *(text.rfind(ch, last, start) + 1 for ch in "，；：。（）"))


def _clause_end(text: str, end: int) -> int:
    stops = [p for ch in "，；。：（）！？、" if (p := text.find(ch, end)) >= 0]
    return min(stops, default=len(text))


def _years(text: str) -> Iterator[tuple[int, int | str]]:
    """Where the sentence names a year that numbers are of, and which; one that is only compared with does not count."""
    for match in _YEAR.finditer(text):
        if not match["against"]:
            yield match.end(), int(match["year"]) if match["year"] else str(match["word"])


def _lists(sentence: Sentence) -> None:
    """Tell each number the figure it is listed under (…，其中：…; …，分别为…), brackets being lists of their own."""
    heads: dict[int, tuple[Mention, bool]] = {}
    previous: Mention | None = None
    for mention in sentence.mentions:
        start = previous.end if previous is not None else 0
        between = sentence.text[start : mention.start]
        if "；" in between:
            heads.clear()
        for depth in [d for d in heads if d > mention.brackets]:
            del heads[depth]
        mark = LIST_MARK.search(between)
        if mark is not None and previous is not None and "；" not in between[: mark.start()]:
            heads[mention.brackets] = (previous, bool(mark["all"]))
        if mention.brackets in heads:
            mention.head, mention.exhaustive = heads[mention.brackets]
        previous = mention
