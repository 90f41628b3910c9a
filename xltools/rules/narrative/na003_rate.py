"""NA003: a share or rate does not follow from the figures that its sentence names."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.rules.narrative.context import NarrativeContext
from xltools.rules.narrative.rates import judged

CARD = Card(
    code="NA003",
    level="error",
    name="报告中的比率与所列数字不符",
    name_en="A rate does not follow from the figures named",
    what="“占……的 R%”“完成……的 R%”与句中写明的分子、分母是否相符（按比率写出的位数比较）。",
    why="比率由句中的两个数算出，不符说明三个数中有一个写错。",
    basis="报告自身写明的数字",
    fix="请核对分子、分母和比率，改正写错的一个。",
    fix_en="Check part, base and rate and correct the wrong one.",
    example="“支出总额 2000 万元，……项目支出 500 万元，占支出总额的 30%”，应为 25%。",
    says="“{rate}”与所列数字不符：{part} ÷ {base} = {right}",
    says_en="“{rate}” does not follow from the figures named: {part} ÷ {base} = {right}",
)


def find(ctx: NarrativeContext) -> Iterator[Finding]:
    """Yield one finding per rate that the figures named do not give."""
    for verdict in judged(ctx):
        if verdict.kind == "wrong":
            yield ctx.say(
                CARD,
                verdict.place,
                level="error" if verdict.named else "confirm",
                stated=verdict.stated,
                expected=verdict.expected,
                **verdict.words,
            )
