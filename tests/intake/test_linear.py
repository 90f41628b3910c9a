"""Nothing that looks at a sender's text costs more than its length: steps are counted, never time."""

from __future__ import annotations

import importlib
import os
import pkgutil
import re
import sys
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

import pytest

import xltools.intake
import xltools.review
import xltools.rules.narrative
from tests.support.forms import room
from tests.support.steps import Steps, TooManySteps, letters_of
from xltools.errors import UnreadableFile
from xltools.form.narrative import has_narrative, phrases_of
from xltools.intake.narrative.document import read_document
from xltools.intake.narrative.reading import read_with
from xltools.intake.narrative.source import read_narrative

WHOLE = frozenset({"_CHINESE_MONEY", "_PAGE_NUMBER", "_TABLE_ITEM"})
"""Patterns that are held against a text once, from its beginning: fullmatch."""
GROWTH = 2.3
"""What twice the text may cost: twice, and a little for its ends."""
MOST_LETTERS, PAIRED = (8, 5) if os.environ.get("XLTOOLS_EVERY") == "1" else (6, 2)
"""So many of a pattern's letters are repeated, and of the first of them every pair."""
LENGTHS = 96, 288
"""What is bounded by a window of its own shows that only where the text is longer than the window."""


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Every pattern that a module of these rooms holds, and those that the forms' phrases are made of."""
    for package in (xltools.intake, xltools.rules.narrative, xltools.review):
        for found in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
            for name, value in vars(importlib.import_module(found.name)).items():
                for pattern in value if isinstance(value, tuple | list) else (value,):
                    if isinstance(pattern, re.Pattern) and isinstance(pattern.pattern, str):
                        yield f"{found.name}.{name}", pattern
    for form in room().form_ids:
        if has_narrative(room().form(form)):
            phrases = phrases_of(room().form(form))
            for pattern in (*phrases.titles, *phrases.grades, *(p.heading for p in phrases.passages)):
                yield f"{form}: a phrase", pattern


PATTERNS = {pattern: name for name, pattern in patterns()}


def steps(pattern: re.Pattern[str], text: str, whole: bool) -> int:
    counted = Steps(pattern, text)
    return counted.match() if whole else counted.search_all()


@pytest.mark.parametrize("pattern", PATTERNS, ids=list(PATTERNS.values()))
def test_a_pattern_costs_what_its_text_is_long(pattern: re.Pattern[str]) -> None:
    letters = letters_of(pattern)[:MOST_LETTERS]
    units = letters + [a + b for a in letters[:PAIRED] for b in letters[:PAIRED] if a != b]
    whole = PATTERNS[pattern].rpartition(".")[2] in WHOLE
    for unit in units:
        for end in ("", "\x00"):
            assert any(grows_as_its_text(pattern, unit, end, length, whole) for length in LENGTHS), (unit, end)


def grows_as_its_text(pattern: re.Pattern[str], unit: str, end: str, length: int, whole: bool) -> bool:
    once, twice = (steps(pattern, unit * (n // len(unit)) + end, whole) for n in (length, 2 * length))
    return twice <= GROWTH * once + 50


def test_the_counter_sees_what_is_not_linear() -> None:
    for text, unit in ((r"(?:[.·]{3,}|\t)\s*\d{1,3}$", "."), (r"(a+)+$", "a"), (r".*x", "a"), (r"\s+$", " ")):
        pattern = re.compile(text)
        try:
            grown = Steps(pattern, unit * 40 + "!").search_all() / Steps(pattern, unit * 20 + "!").search_all()
        except TooManySteps:
            grown = 99
        assert grown > 3, text


def lines_run(action: Callable[[], Any]) -> int:
    """The lines of Python that were run."""
    count = 0

    def trace(frame: FrameType, event: str, _: object) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        action()
    finally:
        sys.settrace(before)
    return count


HOSTILE = {
    "dots": "." * 40 + "\n",
    "tabs": "\t" * 40 + "1\n",
    "brackets": "（（（（（（（（（（" + "\n",
    "marks": "一、（一）1、①" + "\n",
    "numbers": "1，2，3，4，5，6，7，8，9，" + "\n",
    "small words": "和和和和和和和和和和是是是是是是是是是是为为为为1。" + "\n",
    "years": "2023年2022年2021年1元" + "\n",
    "quotes": "“” ‘’ 《》" + "\n",
    "no end": "支出",
}
FILL = "这是一份用来测试读取的自评报告，文字要足够长才算有文字的报告。\n"


@pytest.mark.parametrize("case", HOSTILE)
def test_a_narrative_costs_what_it_is_long(case: str) -> None:
    phrases = phrases_of(room().form("guangdong-2023"))

    def read(times: int) -> None:
        text = FILL + HOSTILE[case] * times
        read_with(read_document(read_narrative(text.encode(), "x")), phrases)

    read(1)  # what is made once only
    once, twice = (lines_run(lambda n=n: read(n)) for n in (60, 120))  # type: ignore[misc]
    assert twice <= GROWTH * once, (once, twice)


@pytest.mark.parametrize("text", ["字" * 500_001, "一\n" * 20_001, "1，" * 10_001])
def test_what_no_one_writes_is_refused(text: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_narrative((FILL + text).encode(), "x")
    assert caught.value.reason in ("too_large", "too_many_numbers")
