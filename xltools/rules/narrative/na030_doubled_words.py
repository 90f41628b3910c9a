"""NA030: words stand twice."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.rules.narrative.context import NarrativeContext

CARD = Card(
    code="NA030",
    level="notice",
    name=Pair("文字重复", "Words that stand twice"),
    what=Pair(
        "相连的词语重复（“服务对象对象”），或两句话在一段中原样又写一遍。",
        "Words written twice in a row, or two clauses that come once more in a paragraph.",
    ),
    why=Pair("多半是粘贴或删改时留下的。", "Mostly left from pasting or editing."),
    basis=Pair("自评报告的写作要求", "How a narrative is written."),
    says=Pair("文字重复：{there}", "words stand twice: {there}"),
    fix=Pair("请删去重复的文字。", "Delete the repetition."),
    example=Pair(
        "“服务对象对象满意度”。",
        "“服务对象对象满意度”.",
    ),
)


def find(ctx: NarrativeContext) -> Iterator[Finding]:
    """Yield one finding per place."""
    for shape in ctx.shapes:
        if shape.kind == "doubled":
            yield ctx.shaped(CARD, shape)
