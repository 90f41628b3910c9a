"""VA011: a text longer than the form asks for."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.rules.context import RuleContext

CARD = Card(
    code="VA011",
    level="notice",
    name="文字超过字数",
    name_en="Longer than asked for",
    what="文字内容是否超过表格规定的字数。",
    why="超长的文字在表格和报告里显示不全。",
    basis="填表说明：各栏的字数要求",
    fix="请精简到 {limit} 字以内。",
    fix_en="Shorten it to {limit} characters.",
    example="“部门职能”规定 3000 字，写了 4200 字。",
    says="{label}有 {length} 字，超过规定的 {limit} 字",
    says_en="{label} has {length} characters, more than {limit}",
)


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield one finding per text above its field's length."""
    for reading in ctx.submission.readings.values():
        limit = reading.item.max_length
        if limit is None or not isinstance(reading.raw, str):
            continue
        length = len(reading.raw.strip())
        if length > limit:
            yield ctx.say(
                CARD, reading.ref, ctx.label(reading.key), stated=length, expected=limit, length=length, limit=limit
            )
