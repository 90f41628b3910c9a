"""NA027: a quotation mark or bracket has no partner."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.rules.narrative.context import NarrativeContext

CARD = Card(
    code="NA027",
    level="notice",
    name=Pair("引号或括号不成对", "A mark without its partner"),
    what=Pair(
        "引号、括号、书名号是否成对（跨行的不算）。",
        "Whether quotation marks and brackets come in pairs (over the end of a line too).",
    ),
    why=Pair("不成对多半是删改时漏了文字。", "Mostly words were lost in editing."),
    basis=Pair("标点符号用法", "The use of punctuation."),
    says=Pair("标点不成对：{there}", "a mark has no partner: {there}"),
    fix=Pair("请补上另一半，或删去多余的一半。", "Add the other half or delete the one too many."),
    example=Pair(
        "“内设科室（含下属中心共有三个”。",
        "“内设科室（含下属中心共有三个”.",
    ),
)


def find(ctx: NarrativeContext) -> Iterator[Finding]:
    """Yield one finding per paragraph."""
    for shape in ctx.shapes:
        if shape.kind in ("quotes", "brackets"):
            yield ctx.shaped(CARD, shape)
