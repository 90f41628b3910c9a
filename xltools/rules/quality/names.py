"""What an indicator's name says: without numbering and signs, without what stands in brackets, without filler words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache

from xltools.form.indicator_words import IndicatorWords, WordList, indicator_words

_NUMBERING = re.compile(r"^(?:[★☆*·●]+|指标\d+[:：.、]|[(（]?\d{1,2}[)）.、:：]|其中[:：])+")
_BRACKETS = re.compile(r"[(（\[【][^)）\]】]*[)）\]】]")
_SIGNS = re.compile(r"[\s,，、.。;；:：“”\"'‘’《》<>≥≤=%·—\-_/]+")
_DIGITS = re.compile(r"\d+(?:\.\d+)?|[第一二三四五六七八九十]")
_LAST_WORD = 2
_LONG, _MORE = 5, 2
"""Two names say nearly the same where both are long and one has only so many characters more."""
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


def within(one: str, other: str) -> bool:
    """True when one of two cores holds the other and a little more: whose it is, say. Another number is another thing."""
    mine, theirs = Counter(one), Counter(other)
    longer, shorter = (mine, theirs) if len(one) > len(other) else (theirs, mine)
    more = longer - shorter
    near = len(one + other) > 2 * _LONG and shorter <= longer and more.total() <= _MORE
    return near and not any(_DIGITS.match(sign) for sign in more)


def without(words: WordList, text: str) -> str:
    """Return the text with all of the words and numbers taken out."""
    return _DIGITS.sub("", _alternatives(words.words).sub("", text))


def stem(words: WordList, text: str) -> str:
    """Return the text without these words at its end, as many as there are."""
    while end := words.ends(text):
        text = text[: -len(end)]
    return text


def bad_thing(words: IndicatorWords, name: str) -> str:
    """Return the thing a name counts where more of it is worse, or ""; dealing with it is no bad thing."""
    text = head(name)
    if slow := words.slow.ends(text) or _slow(words, text):
        return slow
    known, at = _worse(words, text)
    if not words.handled.within(text):
        return _failed(words, text) or ("" if words.against.within(text[:at]) else known)
    return known if known.startswith(words.negated.words) else ""


def _worse(words: IndicatorWords, text: str) -> tuple[str, int]:
    """Return the bad thing a name ends with, before what counts it, and where it begins."""
    for part in _counted(words.counting, text):
        if bad := words.worse.ends(part):
            return bad, len(part) - len(bad)
    return "", 0


def _slow(words: IndicatorWords, text: str) -> str:
    """Return what a name says that is quick where it is good, or ""."""
    lasting = words.lasting.ends(text)
    step = words.slow_steps.within(text) if lasting else ""
    return step and step + lasting


def _failed(words: IndicatorWords, text: str) -> str:
    """Return a rate of what was not as it should be, or ""."""
    rate = words.better.ends(text)
    no = words.negated.ends(text[: -len(rate)]) if rate else ""
    return no and no + rate


def _counted(counting: WordList, text: str) -> Iterator[str]:
    """Yield the text, and again without each counting word at its end."""
    while text:
        yield text
        counted = counting.ends(text)
        if not counted:
            return
        text = text[: -len(counted)]


def looks_bad(words: IndicatorWords, name: str) -> str:
    """Return what a name seems to count where more of it may be worse, or "".

    It counts the bearers of something bad, or what has a character that bodes ill.
    """
    text = head(name)
    if words.handled.within(text):
        return ""
    for part in _counted(words.counting, text):
        for bare in _counted(words.bearers, part):
            if bad := words.worse.ends(bare):
                return bad
            last = bare[-_LAST_WORD:]
            if words.bad_signs.within(last) and not words.against.within(bare[-2 * _LAST_WORD :]):
                return last
    return ""


def good_rate(words: IndicatorWords, name: str) -> str:
    """Return the rate a name ends with where more of it is better, or ""."""
    text = head(name)
    rate = words.better.ends(text)
    before = text[: -len(rate)] if rate else ""
    return "" if words.negated.ends(before) else rate
