"""Sums in a cell's terse text: “30；30；29.99，合计 89.79”, “30+30=70”, “合计 89.79（30、30、29.99）”.

A cell says in marks what a narrative says in sentences: all parts in a row, in one unit, their total right before or
behind them. Only such a closed row is added up; where anything else stands between the figures, it is no sum.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from xltools.intake.narrative.facts.evened import Evened, even

_MOST = 2_000
"""Characters of a cell in which sums are looked for."""
_PERIOD = re.compile(r"\d{1,2}月份?|(?:19|20)\d\d年度?|第\d{1,2}(?=[^\W\d_])")
_FIGURE = re.compile(r"(?<![\d.])(\d{1,15}(?:\.\d{1,6})?)(?![\d.])([%‰]|[^\W\d_]{0,6})")
_JOINT = re.compile(r"[、；，+和及与]((?:[^\W\d_]| ){0,16}：?)")
_TOTAL = r"(?:[^\W\d_]项|以上|上述|全年)?(?:合计|总计|共计|小计|总共|共|总数|总额|合计数)(?:为|是)?：?"
_CLOSES = re.compile(rf"[、；，]?{_TOTAL}|=")
_OPENS = re.compile(r"[，：]?[（：](其中)?(?:分别为|分别是|即)?：?((?:[^\W\d_]| ){0,16})：?")
_NUMBER = re.compile(r"\d{1,15}(?:\.\d{1,6})?")
_BARE = re.compile(r"(?<![\d.×÷*/%-])\d{1,15}(?:\.\d{1,6})?(?:[、；+]\d{1,15}(?:\.\d{1,6})?){1,29}(?![\d.%×÷*/=-])")
_CLOSE = Decimal("0.02")
"""How near a list's sum must come to the row's figure to be meant as it."""
_SUMMED = re.compile(rf"{_TOTAL}$")
_END = re.compile(r"[，。；）\n]|（[万千亿]?元）|$")
_NO_PART = re.compile(r"其中|占|率|比|较|均|每|目标|计划|上年|去年|完成|实际|应|余|剩|差|增|减|最")
"""Words of a figure that is no part of what the others are parts of."""
_OPERATORS = "×÷*/-+=%"


class Sum(NamedTuple):
    """A total that its parts do not make: as told in the cell, the total, the parts, and what they make."""

    quote: str
    total: str
    parts: tuple[str, ...]
    right: str


class _Figure(NamedTuple):
    start: int
    end: int
    number: Decimal
    unit: str

    @property
    def decimals(self) -> int:
        """The decimals that are shown."""
        return max(0, -int(self.number.as_tuple().exponent))


def listed_sums(raw: str) -> Iterator[Sum]:
    """Yield the totals of a cell's text that the parts in a row with them do not make."""
    told = even(raw[:_MOST])
    text = _PERIOD.sub(lambda match: "期" * len(match.group()), told.text)
    for span in re.finditer(r"[^。\n]+", text):
        figures = [
            _Figure(m.start(), m.end(), Decimal(m[1]), re.split("[和及与]", m[2])[0])
            for m in _FIGURE.finditer(text, span.start(), span.end())
        ]
        figures = [f._replace(end=f.start + len(_digits(text, f.start)) + len(f.unit)) for f in figures]
        for index, total in enumerate(figures):
            behind = _parts_behind(text, figures, index, span.end())
            parts = _parts_before(text, figures, index, span.start()) or behind
            if len(parts) > 1 and not _makes(total, parts) and not _made_otherwise(figures, index, total):
                yield _sum(told, total, parts)


def nearly_made(raw: str, whole: float) -> Sum | None:
    """Return the bare list of a text (“分三次：30；30；29.99”) whose sum comes close to a figure and is not it."""
    told = even(raw[:_MOST])
    text = _PERIOD.sub(lambda match: "期" * len(match.group()), told.text)
    for match in _BARE.finditer(text):
        parts = [Decimal(part) for part in _NUMBER.findall(match.group())]
        made = sum(parts, Decimal(0))
        if made and Decimal(0) < abs(made - Decimal(repr(whole))) <= made * _CLOSE:
            quote = told.quote(match.start(), match.end())
            return Sum(quote, quote, tuple(map(str, parts)), str(made))
    return None


def _digits(text: str, start: int) -> str:
    match = re.compile(r"[\d.]+").match(text, start)
    return match.group() if match else ""


def _parts_before(text: str, figures: Sequence[_Figure], index: int, floor: int) -> list[_Figure]:
    """Return the row of parts whose total stands right behind them."""
    total = figures[index]
    closing = index > 1 and _CLOSES.fullmatch(text, figures[index - 1].end, total.start)
    if not closing or not _END.match(text, total.end):
        return []
    first = index - 1
    while first and _joined(text, figures[first - 1], figures[first]):
        first -= 1
    parts = list(figures[first:index])
    head = text[figures[first - 1].end if first else floor : parts[0].start]
    written_out = closing.group() != "=" or all("+" in text[a.end : b.start] for a, b in pairwise(parts))
    return parts if written_out and _fit(total, parts) and _may_begin(head) else []


def _parts_behind(text: str, figures: Sequence[_Figure], index: int, ceiling: int) -> list[_Figure]:
    """Return the row of parts, to the end or in a bracket of its own, whose total stands right before it."""
    total = figures[index]
    if index + 2 >= len(figures) or not _SUMMED.search(text, max(0, total.start - 16), total.start):
        return []
    opening = _OPENS.fullmatch(text, total.end, figures[index + 1].start)
    last = index + 1
    while last + 1 < len(figures) and _joined(text, figures[last], figures[last + 1]):
        last += 1
    parts = list(figures[index + 1 : last + 1])
    closed = text[parts[-1].end : parts[-1].end + 1] == "）" or parts[-1].end == ceiling
    if opening is None or not closed or not _fit(total, parts):
        return []
    some = opening[1] and opening[2]  # 其中低保 30 户: only some of them may be told
    return [] if some and sum(f.number for f in parts) <= total.number else parts


def _joined(text: str, one: _Figure, other: _Figure) -> bool:
    """True when nothing but a mark and a name stands between two parts in one unit."""
    joint = _JOINT.fullmatch(text, one.end, other.start)
    return joint is not None and one.unit == other.unit and not _NO_PART.search(joint[1])


def _fit(total: _Figure, parts: Sequence[_Figure]) -> bool:
    return total.unit == parts[0].unit or not total.unit or not parts[0].unit


def _may_begin(head: str) -> bool:
    """True when a row can begin behind these words: they neither calculate nor speak of something else."""
    words = re.split(r"其中|分别为|分别是|[，；：（]", head)[-1]
    return not any(sign in words for sign in _OPERATORS) and not _NO_PART.search(words)


def _makes(total: _Figure, parts: Sequence[_Figure]) -> bool:
    """True when the parts make the total, as finely as the figures are shown (whole figures: exactly)."""
    finest = max(f.decimals for f in (total, *parts))
    most = Decimal(len(parts) + 1) / 2 * Decimal(10) ** -finest if finest else Decimal(0)
    return abs(total.number - sum(f.number for f in parts)) <= most


def _made_otherwise(figures: Sequence[_Figure], index: int, total: _Figure) -> bool:
    """True when some of the figures on one side of the total, in its unit, make it."""
    for side in (figures[:index][::-1], figures[index + 1 :]):
        same = [f for f in side if f.unit == total.unit]
        if any(_makes(total, same[:count]) for count in range(1, len(same) + 1)):
            return True
    return False


def _sum(told: Evened, total: _Figure, parts: Sequence[_Figure]) -> Sum:
    made = sum((f.number for f in parts), Decimal(0))
    unit = total.unit or parts[0].unit
    start, end = min(total.start, parts[0].start), max(total.end, parts[-1].end)
    return Sum(
        told.quote(start, end),
        told.quote(total.start, total.end),
        tuple(told.quote(f.start, f.end) for f in parts),
        f"{made}{unit}",
    )
