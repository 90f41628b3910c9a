"""NA004: a figure or rate was cut off instead of rounded."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.review.cards import Card
from xltools.review.findings import Finding
from xltools.review.narrative.rates import judged
from xltools.review.narrative.told import Told
from xltools.review.words import figure

CARD = Card(
    code="NA004",
    level="notice",
    name="报告中的数字是截断而不是四舍五入",
    name_en="Cut off instead of rounded",
    what="报告写出的数字或比率是不是把后面的位数直接去掉了。",
    why="应四舍五入；直接去掉尾数会与评分表差最后一位。",
    basis="四舍五入为通行做法",
    fix="请按四舍五入改写。",
    fix_en="Round it.",
    example="45.9897% 写成 45.98%，应为 45.99%。",
    says="“{rate}”是截去尾数得到的，四舍五入应为 {right}",
    says_en="“{rate}” was cut off; rounded it is {right}",
)


def find(it: Told) -> Iterator[Finding]:
    """Yield one finding per figure that was cut."""
    for wrong in it.mismatches:
        if wrong.kind == "cut" and not isinstance(wrong.expected, str):
            statement = wrong.statement
            shown = max(0, -int(statement.half.as_tuple().exponent) - 1) if statement.half else 2
            yield it.contradict(
                CARD,
                wrong,
                rate=statement.raw,
                right=figure(wrong.expected, shown, statement.item.unit),
            )
    for verdict in judged(it):
        if verdict.kind == "cut":
            yield it.say(CARD, verdict.place, stated=verdict.stated, expected=verdict.expected, **verdict.words)
