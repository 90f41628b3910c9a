"""NA005: a rate was taken of another base than the one named."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.rules.narrative.context import NarrativeContext, rate_parts
from xltools.rules.narrative.rates import judged

CARD = Card(
    code="NA005",
    level="error",
    name="报告中的比率用错了分母",
    name_en="A rate of the wrong base",
    what="比率与写明的分母不符，而与另一个数相符的，指出用错了哪一个。",
    why="年初预算与全年预算是不同的分母，混用是常见的错误。",
    basis="支出率 = 执行数 ÷ 全年预算数",
    fix="请按写明的分母重新计算。",
    fix_en="Compute it again with the base that is named.",
    example="全年预算数 1230 万元，写“完成预算的 108.18%”，那是除以年初预算数 1100 万元得到的。",
    says="“{rate}”像是用错了分母：除以{other}才得出这个数，应除以{base}，得 {right}",
    says_en="“{rate}” seems to be of the wrong base: it is of {other}; of {base} it is {right}",
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
                label=ctx.label(wrong.key),
                stated=statement.value,
                expected=wrong.expected,
                related=ctx.related(wrong.key),
                rate=statement.raw,
                other=ctx.label(wrong.other),
                base=ctx.form.field(parts[1]).label,
                right=ctx.figure(wrong.expected, statement.item),
            )
    for verdict in judged(ctx):
        if verdict.kind == "base":
            yield ctx.say(CARD, verdict.place, stated=verdict.stated, expected=verdict.expected, **verdict.words)
