"""NA022: a product that is written out comes to something else."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.rules.narrative.context import NarrativeContext

CARD = Card(
    code="NA022",
    level="confirm",
    name=Pair("报告中列出的算式不等于结果", "A product that is written out comes to something else"),
    what=Pair(
        "“140×300+96×500=……”这样写出的算式，结果是否正确（元、万元都算相符）。",
        "Whether a product that is written out gives the result beside it, in 元 or 万元.",
    ),
    why=Pair("算式和结果写在一起，读者会验算。", "A reader will check a product that is written out."),
    basis=Pair("报告自身写明的数字", "The figures that the narrative itself states."),
    says=Pair("“{there}”应得 {right}", "“{there}” should come to {right}"),
    fix=Pair("请核对算式中的各数和结果。", "Check the factors and the result."),
    example=Pair(
        "“140×300+96×500=10 万元”，应得 90000 元。",
        "“140×300+96×500=10 万元” should be 90000 元.",
    ),
)


def find(ctx: NarrativeContext) -> Iterator[Finding]:
    """Yield one finding per product."""
    for one in ctx.contradictions:
        if one.kind == "product":
            yield ctx.own(CARD, one, {"there": one.quote, "right": one.recomputed})
