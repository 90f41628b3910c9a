"""What an indicator's name says: without numbering and signs, without what stands in brackets, without filler words."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from xltools.form.indicator_words import IndicatorWords, WordList, indicator_words

_NUMBERING = re.compile(r"^(?:[★☆*·●]+|指标\d+[:：.、]|[(（]?\d{1,2}[)）.、:：]|其中[:：])+")
_BRACKETS = re.compile(r"[(（\[【][^)）\]】]*[)）\]】]")
_SIGNS = re.compile(r"[\s,，、.。;；:：“”\"'‘’《》<>≥≤=%·—\-_/]+")
_DIGITS = re.compile(r"\d+(?:\.\d+)?|[第一二三四五六七八九十]")
_SHORTEST = 4
"""A name keeps at least so many characters when filler words at its beginning are taken away."""


def plain(name: str) -> str:
    """Return a name without blanks and numbering, in half-width signs."""
    text = "".join(unicodedata.normalize("NFKC", name).split())
    return _NUMBERING.sub("", text)


def head(name: str) -> str:
    """Return a plain name without what stands in brackets and without signs."""
    return _SIGNS.sub("", _BRACKETS.sub("", name))


@cache
def _alternatives(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, words), key=len, reverse=True)))


@cache
def core(name: str) -> str:
    """Return what two names must share to be the same indicator: filler words and the order of
    words do not count, numbers and their order do."""
    words, text = indicator_words(), _SIGNS.sub("", plain(name))
    while (opener := next((w for w in words.openers.words if text.startswith(w)), "")) and (
        len(text) - len(opener) >= _SHORTEST
    ):
        text = text[len(opener) :]
    for alike in words.alike:
        text = _alternatives(alike.words).sub(alike.use, text)
    return "".join(sorted(_DIGITS.sub("", text))) + "".join(_DIGITS.findall(text))


def without(words: WordList, text: str) -> str:
    """Return the text with all of the words taken out."""
    return _alternatives(words.words).sub("", text)


def bad_thing(words: IndicatorWords, name: str) -> str:
    """Return the thing a name counts where more of it is worse, or ""; dealing with it is no bad thing."""
    text = head(name)
    slow = words.slow.ends(text)
    if slow:
        return slow
    if words.handled.within(text):
        return ""
    while text:
        bad = words.worse.ends(text)
        if bad:
            return bad
        counted = words.counting.ends(text)
        if not counted:
            return ""
        text = text[: -len(counted)]
    return ""


def good_rate(words: IndicatorWords, name: str) -> str:
    """Return the rate a name ends with where more of it is better, or ""."""
    text = head(name)
    rate = words.better.ends(text)
    before = text[: -len(rate)] if rate else ""
    return "" if words.negated.ends(before) else rate
