"""VA003: a value that is not in the drop-down list."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.findings.values import Joined, Typed
from xltools.rules.context import RuleContext

CARD = Card(
    code="VA003",
    level="error",
    name=Pair("不在下拉列表中", "Not in the list"),
    what=Pair(
        "下拉选择的单元格里，内容是否为列表中的一项。", "Whether a cell with a drop-down holds one of its items."
    ),
    why=Pair("列表以外的写法无法计分和汇总。", "Other spellings can be neither scored nor summed up."),
    basis=Pair(
        "填表说明：只填浅黄色单元格；基层报表审核通行做法",
        "The form's instructions: fill in the pale yellow cells only; common practice in reviewing basic-level reports.",
    ),
    says=Pair("{label}填的是{there}，不在列表中", "{label} holds {there}, which is not in the list"),
    fix=Pair("请从下拉列表中选择：{choices}。", "Choose one of: {choices}."),
    example=Pair("方向填成“大于”。", "The direction is “大于”."),
    may_lead="confirm",
)

SHOWN = 6
"""Choices that a message names; the drop-down has them all."""

_MORE = Pair("等 {count} 种", " … ({count} in all)")


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield one finding per choice that the list does not have."""
    for reading in ctx.odd:
        if reading.problem == "not_in_list":
            choices = Joined(reading.item.choices[:SHOWN])
            if (count := len(reading.item.choices)) > SHOWN:
                choices = Joined((choices, _MORE.format(count=count)), "", "")
            yield ctx.say(
                CARD,
                reading.ref,
                ctx.label(reading.key),
                {"there": Typed(reading.raw), "choices": choices},
                stated=reading.raw,
            )
