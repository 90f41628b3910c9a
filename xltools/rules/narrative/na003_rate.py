"""NA003: a share or rate does not follow from the figures that its sentence names."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.rules.narrative.context import NarrativeContext
from xltools.rules.narrative.rates import judged

CARD = Card(
    code="NA003",
    level="error",
    name=Pair("报告中的比率与所列数字不符", "A rate does not follow from the figures named"),
    what=Pair(
        "“占……的 R%”“完成……的 R%”与句中写明的分子、分母是否相符（按比率写出的位数比较）。",
        "Whether “R % of …” and “R % of … completed” follow from the part and the base that the sentence names (compared in the digits written).",
    ),
    why=Pair(
        "比率由句中的两个数算出，不符说明三个数中有一个写错。",
        "The rate comes of two figures in the sentence; where it does not, one of the three is wrong.",
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
    for verdict in judged(ctx):
        if verdict.kind == "wrong":
            yield ctx.say(
                CARD,
                verdict.place,
                verdict.words,
                level="error" if verdict.named else "confirm",
                stated=verdict.stated,
                expected=verdict.expected,
            )
