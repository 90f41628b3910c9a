"""VA006: more decimals than the form asks for (hidden fractions)."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.findings.wording import as_typed, figure
from xltools.rules.context import RuleContext

CARD = Card(
    code="VA006",
    level="notice",
    name="小数位数过多",
    name_en="More decimals than asked for",
    what="填报数的小数位数是否超过表格规定的位数。",
    why="看不见的尾数会让合计与显示的数对不上。",
    basis="表格单位：金额保留两位小数",
    fix="请按 {decimals} 位小数填写。",
    fix_en="Enter it with {decimals} decimals.",
    example="项目支出填成 280.034567。",
    says="{label}实际是{there}，显示为 {shown}，小数位数过多",
    says_en="{label} is really {there}, shown as {shown}",
)


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield one finding per number with more decimals than shown; float residue does not count."""
    for reading in ctx.numbers:
        item, value = reading.item, reading.value
        assert isinstance(value, int | float)
        if item.type in ("date", "number", "integer", "year") or isinstance(value, int):
            continue
        shown = round(value, item.decimals)
        if abs(value - shown) <= max(1e-7, abs(value) * 1e-9):
            continue
        yield ctx.say(
            CARD,
            reading.ref,
            ctx.label(reading.key),
            stated=value,
            expected=shown,
            there=as_typed(value),
            shown=figure(shown, item.decimals),
            decimals=item.decimals,
        )
