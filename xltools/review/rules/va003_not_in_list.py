"""VA003: a value that is not in the drop-down list."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.review.cards import Card
from xltools.review.examined import Examined
from xltools.review.findings import Finding
from xltools.review.words import as_typed

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


def find(it: Examined) -> Iterator[Finding]:
    """Yield one finding per choice that the list does not have."""
    for reading in it.odd:
        if reading.problem == "not_in_list":
            choices = ("、" if it.lang == "zh" else ", ").join(reading.item.choices[:SHOWN])
            if (count := len(reading.item.choices)) > SHOWN:
                choices += f"等 {count} 种" if it.lang == "zh" else f" … ({count} in all)"
            yield it.say(
                CARD,
                reading.ref,
                it.label(reading.key),
                stated=reading.raw,
                there=as_typed(reading.raw),
                choices=choices,
            )
