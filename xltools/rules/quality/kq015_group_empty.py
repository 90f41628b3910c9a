"""KQ015: a group that the form asks for has no indicator."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.rules.quality.context import QualityContext

CARD = Card(
    code="KQ015",
    level="notice",
    name=Pair("有的分组没有指标", "A group without indicators"),
    what=Pair(
        "表格要求的各组（如产出、效益），是否每组都有指标。",
        "Whether each group that the form asks for (outputs, benefits) has an indicator.",
    ),
    why=Pair(
        "缺了一组，这一方面做得怎样看不出来，该组分值也就落空。",
        "Without a group that side of the result does not show, and its points are lost.",
    ),
    basis=Pair(
        "项目支出绩效自评表：产出、效益、满意度都要有指标",
        "The form: outputs, benefits and satisfaction all have indicators.",
    ),
    says=Pair(
        "{label}里没有{group}",
        "{label}: there is no row of {group}",
    ),
    fix=Pair(
        "请补充这一组的指标。",
        "Add indicators of this group.",
    ),
    example=Pair(
        "只填了产出指标，没有效益指标。",
        "Outputs only, no benefits.",
    ),
    since="0.3.0",
)


def find(ctx: QualityContext) -> Iterator[Finding]:
    """Yield one finding per such group of a table that has rows; satisfaction is said by itself."""
    for table, asked in ctx.lacking:
        if asked.kind != "satisfaction":
            yield ctx.say_table(CARD, table, {"group": asked.label})
