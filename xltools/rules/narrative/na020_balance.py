"""NA020: totals of income and expenditure are not equal, or are not what the year and the carry-over make."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.rules.narrative.context import NarrativeContext

CARD = Card(
    code="NA020",
    level="confirm",
    name=Pair("报告中的收支总计不平衡", "Totals that do not balance"),
    what=Pair(
        "收入总计与支出总计是否相等；收入总计是否等于本年收入合计加年初结转和结余，支出总计是否等于本年支出合计加年末结转和结余。",
        "Whether total income equals total expenditure, and whether each is the year's figure and the carry-over.",
    ),
    why=Pair(
        "收支总计是平衡数；不等多半是写成了本年数，或漏写了结转结余。",
        "The totals balance; where they do not, the year's figure was given instead, or a carry-over left out.",
    ),
    basis=Pair(
        "收入总计 = 支出总计（部门决算编报规则）",
        "Total income equals total expenditure (rules of the final accounts).",
    ),
    says=Pair("“{there}”不平衡：由 {sources} 得 {right}", "“{there}” does not balance: {sources} make {right}"),
    fix=Pair("请核对收支总计和结转结余。", "Check the totals and what was carried over."),
    example=Pair(
        "“收入总计 41.50 万元，支出总计 43.90 万元”。",
        "“收入总计 41.50 万元，支出总计 43.90 万元”.",
    ),
)


def find(ctx: NarrativeContext) -> Iterator[Finding]:
    """Yield one finding per pair of totals."""
    for one in ctx.contradictions:
        if one.kind == "balance":
            yield ctx.own(CARD, one, ctx.of_sources(one))
