"""NA023: a rate that cannot be: of nothing, of all and more, or 0 % of what was spent."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.rules.narrative.context import NarrativeContext

CARD = Card(
    code="NA023",
    level="confirm",
    name=Pair("报告中的比率不可能", "A rate that cannot be"),
    what=Pair(
        "分母为 0 仍写了比率、占比大于 100%、已有支出却写完成 0% 的；上年为 0 却写“增长 100%”的为提示。",
        "Rates of nothing, shares above 100 %, 0 % completed although money was spent; “grown by 100 %” from nothing is a notice.",
    ),
    why=Pair(
        "除以 0 没有意义，应写“不可比”；其余说明有一个数写错。",
        "Nothing can be divided by 0: such a rate is not comparable; in the other cases a figure is wrong.",
    ),
    basis=Pair("报告自身写明的数字", "The figures that the narrative itself states."),
    says=Pair("“{there}”不可能：{why}", "“{there}” cannot be: {why}"),
    fix=Pair("请核对；基数为 0 的，写“不可比”或不写比率。", "Check it; where the base is 0 say so instead of a rate."),
    example=Pair(
        "“年初预算为 0 万元，支出决算为 6 万元，完成年初预算的 95.89%”。",
        "“年初预算为 0 万元，支出决算为 6 万元，完成年初预算的 95.89%”.",
    ),
)

_OF_NOTHING = Pair("基数为 0", "its base is 0")
_SPENT = Pair("已有支出，却写完成 0%", "money was spent, yet 0 % is completed")
_ABOVE = Pair("占比大于 100%", "a share above 100 %")
_BEYOND = Pair("这样的比率不会大于 100%", "such a rate is never above 100 %")


def find(ctx: NarrativeContext) -> Iterator[Finding]:
    """Yield one finding per rate."""
    for one in ctx.contradictions:
        if one.reason == "nothing":
            zero = one.kind == "completion" and one.sources[-1].value != 0
            yield ctx.own(CARD, one, {"there": one.quote, "why": _SPENT if zero else _OF_NOTHING})
        elif one.reason == "above":
            yield ctx.own(CARD, one, {"there": one.quote, "why": _ABOVE if one.kind == "share" else _BEYOND})
