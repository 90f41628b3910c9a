"""NA026: a figure is missing, or its unit is."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.rules.narrative.context import NarrativeContext

CARD = Card(
    code="NA026",
    level="notice",
    name=Pair("数字或单位没有写全", "A figure or its unit is missing"),
    what=Pair(
        "“占 %”“减少 万元”没有填数；“增长13.95。”缺 %，“0.39万”缺“元”；不可能的单位，或同一句中个别数的单位与其他数不同。",
        "Blanks that were not filled (“占 %”), rates without %, 万 without 元, units that cannot be or that differ from the others of the sentence.",
    ),
    why=Pair(
        "缺了数或单位，读者无法理解，也可能相差一万倍。",
        "Without figure or unit a reader cannot tell what is meant; it may be off by ten thousand.",
    ),
    basis=Pair("自评报告的写作要求", "How a narrative is written."),
    says=Pair("数字或单位没有写全：{there}", "a figure or its unit is missing: {there}"),
    fix=Pair("请补全。", "Complete it."),
    example=Pair(
        "“收入比上年增长13.95。”",
        "“收入比上年增长13.95。”",
    ),
)


def find(ctx: NarrativeContext) -> Iterator[Finding]:
    """Yield one finding per place."""
    for shape in ctx.shapes:
        if shape.kind in ("blank", "percent", "unit"):
            yield ctx.shaped(CARD, shape)
