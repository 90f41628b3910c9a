"""NA014: the rate of an indicator (采用率) does not follow from the figures told with that word (采用 4 篇)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from xltools.bilingual import Pair, same
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.intake.narrative.facts.numbers import SCALES
from xltools.intake.narrative.mentions import Mention, Sentence, sentences
from xltools.intake.narrative.statements import Statement
from xltools.rules.narrative.context import NarrativeContext

CARD = Card(
    code="NA014",
    level="confirm",
    name=Pair("指标的比率与所列数字不符", "An indicator's rate does not follow from its figures"),
    what=Pair(
        "指标叫“××率”的，本段写明的“××”的数量，单个或合计，除以同单位的总量，能否得出所写的比率。",
        "Of an indicator called “… rate”: whether the numbers told with that word, each or together, divided by the total of the same unit, give the rate stated.",
    ),
    why=Pair(
        "读报告的人会用所列数字验算；算不出来，说明数字或口径没有写清。",
        "Readers verify with the figures told; where they do not give the rate, figures or definition are not clear.",
    ),
    basis=Pair(
        "报告自身写明的数字；没有写明的数不作猜测",
        "The figures that the narrative itself states; what it does not say is not guessed.",
    ),
    says=Pair(
        "“{title}”写作 {there}，由本段所列数字得不出：{named} 共 {part}，除以 {base} 得 {right}",
        "“{title}” is given as {there}, which its figures do not give: {named}, together {part}, of {base} is {right}",
    ),
    fix=Pair("请核对数字，或写明比率的分子和分母。", "Check the figures, or say what the rate is of."),
    example=Pair(
        "“报送 1546 篇，获采用 4 篇、22 篇、606 篇，采用率 45.98%”：632 ÷ 1546 = 40.88%。",
        "“报送 1546 篇，获采用 4 篇、22 篇、606 篇，采用率 45.98%”: 632 ÷ 1546 = 40.88 %.",
    ),
)
_STEM = re.compile(r"([一-鿿]{2})率$")
_SLACK = Decimal("1e-9")


def find(ctx: NarrativeContext) -> Iterator[Finding]:
    """Yield one finding per indicator whose rate its own figures contradict."""
    columns = {(r.table, r.actual): r for r in ctx.narrative.phrases.rows}
    for statement in ctx.narrative.statements:
        spec = columns.get((statement.key.field, statement.key.column))
        stem = _STEM.search(statement.title)
        rate = statement.mention
        if spec is None or stem is None or rate is None or rate.unit != "%" or rate in ctx.wrong:
            continue
        said = sentences(rate.sentence.paragraph)
        found = _figures(said, rate, stem.group(1), ctx.narrative.phrases.actual_words)
        if found is not None:
            yield from _judge(ctx, statement, rate, *found)


def _figures(
    said: list[Sentence], rate: Mention, stem: str, actual_words: tuple[str, ...]
) -> tuple[list[Mention], list[Mention]] | None:
    """The figures that end in the rate's own word (采用 4 篇), and those of the same unit told before the first of them."""
    actual = False
    parts: list[Mention] = []
    wholes: list[Mention] = []
    for sentence in said:
        for mention in sentence.mentions:
            actual = actual or any(w in sentence.text[: mention.start] for w in actual_words)
            if mention.raw == rate.raw and mention.unit == "%":
                continue
            plain = actual and mention.exact and not mention.after and mention.unit not in ("", "%", "分")
            if not plain or mention.unit in SCALES:
                continue
            if mention.before.endswith(stem):
                parts.append(mention)
            elif not parts:
                wholes.append(mention)
    wholes = [w for w in wholes if parts and w.unit == parts[0].unit]
    if not parts or not wholes or len({p.unit for p in parts}) != 1:
        return None
    return parts, wholes


def _judge(
    ctx: NarrativeContext, statement: Statement, rate: Mention, parts: list[Mention], wholes: list[Mention]
) -> Iterator[Finding]:
    sums = [sum((p.value for p in parts), Decimal(0)), *(p.value for p in parts)]
    for whole in wholes:
        if not whole.value or sums[0] > whole.value:
            return
        if any(abs(s / whole.value * 100 - rate.value) <= rate.half + _SLACK for s in sums):
            return
    whole = wholes[-1]
    right = sums[0] / whole.value * 100
    yield ctx.say(
        CARD,
        statement.place,
        {
            "title": statement.title,
            "there": f"{rate.value}%",
            "named": "、".join(p.before[-8:].lstrip("、，；") + p.raw for p in parts),
            "part": f"{sums[0]}{parts[0].unit}",
            "base": whole.raw,
            "right": f"{right:.2f}%",
        },
        label=same(statement.title),
        stated=statement.value,
        expected=round(float(right), 2),
    )
