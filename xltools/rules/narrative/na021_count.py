"""NA021: a number of things is not the number of those that are named."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.rules.narrative.context import NarrativeContext

CARD = Card(
    code="NA021",
    level="confirm",
    name=Pair("报告中的个数与列举不符", "A number of things that is not the number named"),
    what=Pair(
        "“内设 n 个科室，分别为……”列出的名称是否 n 个；“共 n 个项目，年初 a 个，年中增加 b 个”是否 n = a + b。",
        "Whether n offices are named where n are said to be, and whether a number of projects is the sum of those begun and those added.",
    ),
    why=Pair(
        "数目与列举不符，说明漏写、多写或数目没有更新。", "Something was left out, added or not brought up to date."
    ),
    basis=Pair("报告自身写明的数字", "The figures that the narrative itself states."),
    says=Pair("“{there}”：列出的是 {right}", "“{there}”: what is listed is {right}"),
    fix=Pair("请核对数目和名称。", "Check the number and the names."),
    example=Pair(
        "“内设 4 个科室，分别为办公室、业务科、财务科”。",
        "“内设 4 个科室，分别为办公室、业务科、财务科”.",
    ),
)


def find(ctx: NarrativeContext) -> Iterator[Finding]:
    """Yield one finding per number."""
    for one in ctx.contradictions:
        if one.kind == "count":
            yield ctx.own(CARD, one, {"there": one.quote, "right": one.recomputed})
