"""VA016: a fraction where whole numbers are counted."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.findings.wording import as_typed
from xltools.rules.context import RuleContext

CARD = Card(
    code="VA016",
    level="error",
    name="应为整数",
    name_en="Not a whole number",
    what="人数、份数、年度等只能是整数的项目是否填了小数。",
    why="人数和份数没有小数，多半是填错了行或填成了比例。",
    basis="表格单位：人、个、份",
    fix="请核对后填整数。",
    fix_en="Check it and enter a whole number.",
    example="在职人数填成 39.5。",
    says="{label}填的是{there}，应为整数",
    says_en="{label} is {there}, a whole number is expected",
)


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield one finding per count with a fraction; float residue does not count."""
    for reading in ctx.numbers:
        if reading.item.type not in ("integer", "year") or not isinstance(reading.value, float):
            continue
        if abs(reading.value - round(reading.value)) > 1e-7:
            yield ctx.say(
                CARD, reading.ref, ctx.label(reading.key), stated=reading.value, there=as_typed(reading.value)
            )
