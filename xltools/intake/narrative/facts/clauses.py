"""Sentences: where each begins and ends in a matched paragraph, and the words around a place up to the next mark."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

ENDS = "。！？\n"
STOPS = "，；：。！？、（）\n"
_REACH = 120
_GOES_ON = ("其中", "主要包括", "包括", "分别为", "分别是", "主要用于")
"""A sentence that begins so goes on with the one before: its figures are parts of that one's."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a matched text."""

    start: int
    end: int


def sentence_spans(text: str) -> Iterator[Span]:
    """Yield the sentences; a full stop inside brackets does not end one unless the bracket never closes nearby."""
    start = depth = opened = 0
    for place, ch in enumerate(text):
        if ch == "（":
            depth, opened = (depth + 1, place) if depth == 0 else (depth + 1, opened)
        elif ch == "）":
            depth = max(0, depth - 1)
        if depth and place - opened > _REACH:
            depth = 0
        if ch in ENDS and (depth == 0 or ch == "\n") and not text.startswith(_GOES_ON, place + 1):
            yield Span(start, place + 1)
            start, depth = place + 1, 0
    if start < len(text):
        yield Span(start, len(text))


def words_before(text: str, floor: int, place: int, stops: str = STOPS) -> int:
    """Return where the words right before `place` begin: behind the last mark, not before `floor`."""
    start = place
    floor = max(floor, place - _REACH)
    while start > floor and text[start - 1] not in stops:
        start -= 1
    return start


def words_over_bracket(text: str, floor: int, start: int, place: int) -> str:
    """Return the words before `place`, and where these are only 为 behind a bracket, those before the bracket too.

    政府采购金额（以合同签订为准）为 12 万元: the words are 政府采购金额为.
    """
    words = text[start:place]
    if start <= floor or text[start - 1] != "）" or words.strip("为是共计：约"):
        return words
    opened = text.rfind("（", max(floor, start - _REACH), start)
    return text[words_before(text, floor, opened) : opened] + words if opened > floor else words


def words_after(text: str, place: int, ceiling: int, stops: str = STOPS) -> int:
    """Return where the words right behind `place` end: before the next mark."""
    end = place
    ceiling = min(ceiling, place + _REACH)
    while end < ceiling and text[end] not in stops:
        end += 1
    return end


def whole_word(text: str, place: int, floor: int = 0) -> int:
    """Return where a quote that should begin at `place` begins without cutting a number or a year (2021年, not 021年)."""
    while floor < place < len(text) and _in_number(text[place - 1]) and _in_number(text[place]):
        place -= 1
    return place


def _in_number(ch: str) -> bool:
    return ch.isascii() and (ch.isalnum() or ch in ".,%-")
