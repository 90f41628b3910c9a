"""NA004: a figure or rate was cut off instead of rounded."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.findings.values import Figure
from xltools.rules.narrative.context import NarrativeContext

CARD = Card(
    code="NA004",
    level="notice",
    name=Pair("报告中的数字是截断而不是四舍五入", "Cut off instead of rounded"),
    what=Pair(
        "报告写出的数字或比率是不是把后面的位数直接去掉了。",
        "Whether the digits behind a figure or rate were simply dropped.",
    ),
    why=Pair(
        "应四舍五入；直接去掉尾数会与评分表差最后一位。",
        "Figures are rounded; one that is cut differs from the workbook in its last digit.",
    ),
    basis=Pair("四舍五入为通行做法", "Rounding half up is common practice."),
    says=Pair("“{rate}”是截去尾数得到的，四舍五入应为 {right}", "“{rate}” was cut off; rounded it is {right}"),
    fix=Pair("请按四舍五入改写。", "Round it."),
    example=Pair("45.9897% 写成 45.98%，应为 45.99%。", "45.9897 % written as 45.98 % should be 45.99 %."),
)


def find(ctx: NarrativeContext) -> Iterator[Finding]:
    """Yield one finding per figure that was cut."""
    for wrong in ctx.mismatches:
        if wrong.kind == "cut" and not isinstance(wrong.expected, str):
            statement = wrong.statement
            shown = max(0, -int(statement.half.as_tuple().exponent) - 1) if statement.half else 2
            yield ctx.contradict(
                CARD, wrong, {"rate": statement.raw, "right": Figure(wrong.expected, shown, statement.item.unit)}
            )
    for one in ctx.contradictions:
        if one.reason == "cut":
            yield ctx.own(CARD, one, {"rate": one.quote, "right": one.recomputed})
