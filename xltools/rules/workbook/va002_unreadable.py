"""VA002: text where a number or date is asked, that cannot be understood for certain."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.findings.wording import as_typed
from xltools.rules.context import RuleContext

CARD = Card(
    code="VA002",
    level="error",
    name="不是数字",
    name_en="Not a number",
    what="应填数字（或日期）的单元格里，内容能否确切读成数字。",
    why="读不准的数字不能猜，有关的审核也就无法进行。",
    basis="填表说明：只填浅黄色单元格；基层报表审核通行做法",
    fix="请只填数字，不带文字、单位和符号。",
    fix_en="Enter the number alone, without words, units or signs.",
    example="实际完成值填成“≥266米”。",
    says="{label}填的是{there}，不能读成{asked}",
    says_en="{label} holds {there}, which is not {asked}",
)
_DATE = replace(CARD, fix="请按 2024-03-20 的样子填写。", fix_en="Write it like 2024-03-20.")


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield one finding per cell whose content is not a number, a date or a value at all."""
    for reading in ctx.odd:
        if reading.problem not in ("unreadable", "no_value"):
            continue
        if reading.problem == "no_value" and not reading.item.numeric:
            continue
        asked = (
            {"date": "日期", "year": "年份"}.get(reading.item.type, "数字")
            if ctx.lang == "zh"
            else {"date": "a date", "year": "a year"}.get(reading.item.type, "a number")
        )
        there = as_typed(reading.raw if reading.problem != "no_value" else f"={reading.formula}")
        card = _DATE if reading.item.type == "date" else CARD
        yield ctx.say(card, reading.ref, ctx.label(reading.key), stated=reading.raw, there=there, asked=asked)
