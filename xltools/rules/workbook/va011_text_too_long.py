"""VA011: a text longer than the form asks for."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.rules.context import RuleContext

CARD = Card(
    code="VA011",
    level="notice",
    name=Pair("文字超过字数", "Longer than asked for"),
    what=Pair("文字内容是否超过表格规定的字数。", "Whether a text is longer than the form allows."),
    why=Pair(
        "超长的文字在表格和报告里显示不全。", "Texts that are too long are not shown whole in the form and the report."
    ),
    basis=Pair("填表说明：各栏的字数要求", "The form's instructions: the length of each text."),
    says=Pair("{label}有 {length} 字，超过规定的 {limit} 字", "{label} has {length} characters, more than {limit}"),
    fix=Pair("请精简到 {limit} 字以内。", "Shorten it to {limit} characters."),
    example=Pair(
        "“部门职能”规定 3000 字，写了 4200 字。",
        "The functions of the department may take 3000 characters and have 4200.",
    ),
)


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield one finding per text above its field's length."""
    for reading in ctx.own:
        limit = reading.item.max_length
        if limit is None or not isinstance(reading.raw, str):
            continue
        length = len(reading.raw.strip())
        if length > limit:
            yield ctx.say(
                CARD,
                reading.ref,
                ctx.label(reading.key),
                {"length": length, "limit": limit},
                stated=length,
                expected=limit,
            )
