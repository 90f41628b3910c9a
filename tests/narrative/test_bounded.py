"""No text costs more than its length: patterns are bounded, and twice the text takes about twice the steps."""

from __future__ import annotations

import importlib
import pkgutil
import re
import sys
from collections.abc import Iterator
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from types import FrameType, ModuleType
from typing import Any

import pytest

from xltools.intake.narrative import facts
from xltools.intake.narrative.facts.figures import Line, read_passages
from xltools.intake.narrative.facts.kinds import title_of
from xltools.rules import arithmetic
from xltools.rules.arithmetic.check import contradictions
from xltools.rules.arithmetic.shapes import shapes

MODULES = [
    importlib.import_module(f"{package.__name__}.{module.name}")
    for package in (facts, arithmetic)
    for module in pkgutil.iter_modules(package.__path__)
]
MOST_WAYS = 4000


def patterns(module: ModuleType) -> Iterator[re.Pattern[str]]:
    """The patterns of a module, those in its tables too."""
    todo = list(vars(module).values())
    while todo:
        value = todo.pop()
        if isinstance(value, re.Pattern):
            yield value
        elif isinstance(value, tuple):
            todo += value


def repeats(parsed: Any, outside: int = 1) -> Iterator[tuple[bool, int | None, int]]:
    """Each repeat of a parsed pattern: whether it gives nothing back, its most, and the product of those around it."""
    for code, argument in parsed:
        if code in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            _, most, inner = argument
            possessive = code is op.POSSESSIVE_REPEAT
            limit = None if most is op.MAXREPEAT else int(most)
            yield possessive, limit, outside
            yield from repeats(inner, outside if possessive else outside * (limit or 10**6))
        elif code is op.SUBPATTERN:
            yield from repeats(argument[-1], outside)
        elif code is op.BRANCH:
            for branch in argument[1]:
                yield from repeats(branch, outside)
        elif code in (op.ASSERT, op.ASSERT_NOT):
            yield from repeats(argument[1], outside)


@pytest.mark.parametrize("module", MODULES, ids=[m.__name__.rpartition("narrative.")[2] for m in MODULES])
def test_patterns_are_bounded(module: ModuleType) -> None:
    loose = [
        pattern.pattern
        for pattern in patterns(module)
        for possessive, most, outside in repeats(parser.parse(pattern.pattern))
        if (most is None and not possessive) or (most or 0) * outside > MOST_WAYS
    ]
    assert loose == []


def steps(text: str) -> int:
    """Lines of these modules run for a text, in paragraphs of 400 characters."""
    count = 0
    files = {m.__file__ for m in MODULES}

    def trace(frame: FrameType, event: str, _: object) -> Any:
        nonlocal count
        if frame.f_code.co_filename not in files:
            return None
        count += event == "line"
        return trace

    paragraphs = [Line(text[i : i + 400]) for i in range(0, len(text), 400)]
    before = sys.gettrace()
    sys.settrace(trace)
    try:
        read = read_passages(paragraphs)
        contradictions(read)
        shapes(read)
        title_of(read)
    finally:
        sys.settrace(before)
    return count


PIECES = [
    "……", "。", "·", "（", "）", "“", "1", "1,", "1.", "一", "十万", "一、", "预算数", "其中", "其中1万元，", "分别为2万元、",
    "收支总计1万元，", "合计1万元，", "占总额的1%，", "增加1万元，增长1%，", "年初预算2万元，决算1万元，完成预算的9%。",
    "公务接待费1万元。", "其中：1.甲1万元；", "（项）1万元。", "×1", "1×2+", "和同比较", "共5个，分别为甲科、乙科、",
    "安排2万元。支付1万元，支付率9%。", "任务2户，实际完成1户，超任务9%。", "受理2件，办结1件，办结率9%。", "林财〔2023〕1号下达资金1万元。",
    "支出1万元÷2万元×100%=5%，", "中央资金1万元、县级资金2万元，", "到位2万元，支出1万元，结余1万元。", "较2022年的2万元增长9%，",
]  # fmt: skip


@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize("gathered", [True, False], ids=["one", "many"])
def test_twice_the_text_takes_twice_the_steps(piece: str, gathered: bool) -> None:
    size = 3000 if gathered else 4000
    text = piece * (size // len(piece))
    assert steps(text * 2) <= 2.5 * steps(text) + 2000
