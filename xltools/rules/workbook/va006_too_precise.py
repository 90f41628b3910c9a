"""VA006: more decimals than the form asks for (hidden fractions)."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.findings.values import Figure, Typed
from xltools.rules.context import RuleContext

CARD = Card(
    code="VA006",
    level="notice",
    name=Pair("小数位数过多", "More decimals than asked for"),
    what=Pair("填报数的小数位数是否超过表格规定的位数。", "Whether a figure has more decimals than the form asks for."),
    why=Pair(
        "看不见的尾数会让合计与显示的数对不上。", "Fractions that are not seen make totals differ from what is shown."
    ),
    basis=Pair("表格单位：金额保留两位小数", "The form's unit: amounts with two decimals."),
    says=Pair("{label}实际是{there}，显示为 {shown}，小数位数过多", "{label} is really {there}, shown as {shown}"),
    fix=Pair("请按 {decimals} 位小数填写。", "Enter it with {decimals} decimals."),
    example=Pair("项目支出填成 280.034567。", "Project expenditure is 280.034567."),
    may_lead="notice",
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
            {"there": Typed(value), "shown": Figure(shown, item.decimals), "decimals": item.decimals},
            stated=value,
            expected=shown,
        )
