"""NA003: a share or a rate of completion does not follow from the figures that the text names."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.rules.narrative.context import OTHER_RULES, NarrativeContext

CARD = Card(
    code="NA003",
    level="confirm",
    name=Pair("报告中的比率与所列数字不符", "A rate does not follow from the figures named"),
    what=Pair(
        "“占……的 R%”“完成……的 R%”“执行率 R%”与写明的分子、分母是否相符（按写出的位数比较）；各项完成率推算的预算之和，是否与总的预算或完成率相符。只差末位的为提示。",
        "Whether shares and rates of completion follow from the part and the base that the text names (compared in the digits written), and whether the budgets that the parts' rates imply make that of the whole; off by one in the last digit is a notice.",
    ),
    why=Pair(
        "比率由两个数算出，不符说明三个数中有一个写错。",
        "The rate comes of two figures; where it does not, one of the three is wrong.",
    ),
    basis=Pair("报告自身写明的数字", "The figures that the narrative itself states."),
    says=Pair(
        "“{rate}”与所列数字不符：{part} ÷ {base} = {right}",
        "“{rate}” does not follow from the figures named: {part} ÷ {base} = {right}",
    ),
    fix=Pair("请核对分子、分母和比率，改正写错的一个。", "Check part, base and rate and correct the wrong one."),
    example=Pair(
        "“支出总额 2000 万元，……项目支出 500 万元，占支出总额的 30%”，应为 25%。",
        "“支出总额 2000 万元，……项目支出 500 万元，占支出总额的 30%” should be 25 %.",
    ),
)


def find(ctx: NarrativeContext) -> Iterator[Finding]:
    """Yield one finding per rate that the figures named do not give."""
    for one in ctx.contradictions:
        if one.kind in ("share", "completion") and one.reason not in OTHER_RULES:
            yield ctx.own(CARD, one, ctx.division(one))
