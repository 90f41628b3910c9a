"""NA019: a change or a rate of growth does not follow from the figure and the one before it."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.rules.narrative.context import OTHER_RULES, NarrativeContext

CARD = Card(
    code="NA019",
    level="confirm",
    name=Pair(
        "报告中的增减额、增减率与所列数字不符", "A change or a rate of growth does not follow from the figures named"
    ),
    what=Pair(
        "“比上年增加 a，增长 r%”中，r 是否等于 a 除以上年数（本年数减 a）；两年的数都写明的，a 是否等于两数之差；各项增减率推算的上年数之和，是否与总的增减率相符。",
        "Whether a rate of growth is the change divided by the earlier figure, and a change the difference of two figures that are both told, and whether the earlier figures that the parts' rates imply make that of the whole.",
    ),
    why=Pair(
        "本年数、增减额、增减率三者互相决定，不符说明有一个写错。",
        "Figure, change and rate determine each other; where they do not agree one is wrong.",
    ),
    basis=Pair("报告自身写明的数字", "The figures that the narrative itself states."),
    says=Pair(
        "“{there}”与所列数字不符：由 {sources} 算得 {right}",
        "“{there}” does not follow from the figures named: of {sources} it is {right}",
    ),
    fix=Pair(
        "请核对本年数、增减额和增减率，改正写错的一个；与上年口径不同的，请写明。",
        "Check figure, change and rate and correct the wrong one; say so where the earlier figure was counted otherwise.",
    ),
    example=Pair(
        "“支出总计 110 万元，比上年增加 10 万元，增长 9.09%”：10 ÷ 100 = 10%，9.09% 是除以本年数得到的。",
        "“支出总计 110 万元，比上年增加 10 万元，增长 9.09%”: 10 ÷ 100 = 10 %; 9.09 % is of this year's figure.",
    ),
)


def find(ctx: NarrativeContext) -> Iterator[Finding]:
    """Yield one finding per change or rate that does not follow."""
    for one in ctx.contradictions:
        if one.kind in ("growth", "difference") and one.reason not in OTHER_RULES:
            yield ctx.own(CARD, one, ctx.of_sources(one))
