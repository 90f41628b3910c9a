"""VA005: a negative number where none can be."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.findings.wording import figure
from xltools.rules.context import RuleContext

CARD = Card(
    code="VA005",
    level="error",
    name="不应为负数",
    name_en="Negative where none can be",
    what="收入、支出、人数、得分等不会为负的项目是否出现负数。",
    why="负数会把合计冲小。",
    basis="部门决算报表填报口径",
    fix="请核对符号；冲减的数请按决算口径填净额。",
    fix_en="Check the sign; enter the net amount as in the final accounts.",
    example="项目支出填成 -280.03。",
    says="{label}为 {there}，这一项不应为负数",
    says_en="{label} is {there}; it cannot be negative",
)


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield one finding per negative number in a field that starts at zero."""
    for reading in ctx.numbers:
        assert isinstance(reading.value, int | float)
        if reading.item.minimum == 0 and reading.value < 0:
            yield ctx.say(
                CARD,
                reading.ref,
                ctx.label(reading.key),
                stated=reading.value,
                there=figure(reading.value, reading.item.decimals, reading.item.unit),
            )
