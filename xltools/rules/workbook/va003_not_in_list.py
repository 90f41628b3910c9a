"""VA003: a value that is not in the drop-down list."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.findings.wording import as_typed
from xltools.rules.context import RuleContext

CARD = Card(
    code="VA003",
    level="error",
    name="不在下拉列表中",
    name_en="Not in the list",
    what="下拉选择的单元格里，内容是否为列表中的一项。",
    why="列表以外的写法无法计分和汇总。",
    basis="填表说明：只填浅黄色单元格；基层报表审核通行做法",
    fix="请从下拉列表中选择：{choices}。",
    fix_en="Choose one of: {choices}.",
    example="方向填成“大于”。",
    says="{label}填的是{there}，不在列表中",
    says_en="{label} holds {there}, which is not in the list",
)

SHOWN = 6
"""Choices that a message names; the drop-down has them all."""


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield one finding per choice that the list does not have."""
    for reading in ctx.odd:
        if reading.problem == "not_in_list":
            choices = ("、" if ctx.lang == "zh" else ", ").join(reading.item.choices[:SHOWN])
            if (count := len(reading.item.choices)) > SHOWN:
                choices += f"等 {count} 种" if ctx.lang == "zh" else f" … ({count} in all)"
            yield ctx.say(
                CARD,
                reading.ref,
                ctx.label(reading.key),
                stated=reading.raw,
                there=as_typed(reading.raw),
                choices=choices,
            )
