"""NA005: a rate was taken of another base than the one named."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.rules.narrative.context import NarrativeContext, rate_parts

CARD = Card(
    code="NA005",
    level="error",
    name=Pair("报告中的比率用错了分母", "A rate of the wrong base"),
    what=Pair(
        "比率与写明的分母不符，而与另一个数相符的，指出用错了哪一个。",
        "Where a rate does not fit its base but fits another figure, which one was used by mistake.",
    ),
    why=Pair(
        "年初预算与全年预算是不同的分母，混用是常见的错误。",
        "The budget at the beginning of the year and that of the whole year are different bases and are often confused.",
    ),
    basis=Pair("支出率 = 执行数 ÷ 全年预算数", "Rate of expenditure = spent ÷ budget of the whole year."),
    says=Pair(
        "“{rate}”像是用错了分母：除以{other}才得出这个数，应除以{base}，得 {right}",
        "“{rate}” seems to be of the wrong base: it is of {other}; of {base} it is {right}",
    ),
    fix=Pair("请按写明的分母重新计算。", "Compute it again with the base that is named."),
    example=Pair(
        "全年预算数 1230 万元，写“完成预算的 108.18%”，那是除以年初预算数 1100 万元得到的。",
        "With a budget of 1230 for the whole year, “108.18 % of the budget” is of 1100, the budget at its beginning.",
    ),
)


def find(ctx: NarrativeContext) -> Iterator[Finding]:
    """Yield one finding per rate that another base gives."""
    for wrong in ctx.mismatches:
        parts = rate_parts(ctx.form, wrong.statement.key)
        if wrong.kind == "base" and wrong.other is not None and parts is not None:
            statement = wrong.statement
            yield ctx.say(
                CARD,
                statement.place,
                {
                    "rate": statement.raw,
                    "other": ctx.label(wrong.other),
                    "base": ctx.form.field(parts[1]).label,
                    "right": ctx.figure(wrong.expected, statement.item),
                },
                label=ctx.label(wrong.key),
                stated=statement.value,
                expected=wrong.expected,
                related=ctx.related(wrong.key),
            )
    for one in ctx.contradictions:
        if one.reason == "other_base":
            yield ctx.own(CARD, one, ctx.division(one))
