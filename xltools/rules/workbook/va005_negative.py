"""VA005: a negative number where none can be."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.findings.values import Figure
from xltools.rules.context import RuleContext

CARD = Card(
    code="VA005",
    level="error",
    name=Pair("不应为负数", "Negative where none can be"),
    what=Pair(
        "收入、支出、人数、得分等不会为负的项目是否出现负数。",
        "Whether income, expenditure, staff or scores are negative.",
    ),
    why=Pair("负数会把合计冲小。", "A negative figure makes totals too small."),
    basis=Pair("部门决算报表填报口径", "The rules of the departments' final accounts."),
    says=Pair("{label}为 {there}，这一项不应为负数", "{label} is {there}; it cannot be negative"),
    fix=Pair(
        "请核对符号；冲减的数请按决算口径填净额。", "Check the sign; enter the net amount as in the final accounts."
    ),
    example=Pair("项目支出填成 -280.03。", "Project expenditure is -280.03."),
    may_lead="confirm",
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
                {"there": Figure(reading.value, reading.item.decimals, reading.item.unit)},
                stated=reading.value,
            )
