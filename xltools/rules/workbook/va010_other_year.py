"""VA010: a year that is not the form's."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.findings.wording import as_typed
from xltools.rules.context import RuleContext

CARD = Card(
    code="VA010",
    level="confirm",
    name="年度与表格的年度不符",
    name_en="The year is not the form's",
    what="填报的年度是否为这套表格评价的年度。",
    why="年度不符，可能是把别的年度的数填进了这张表。",
    basis="下发的表格版本",
    fix="请核对年度；数据确属另一年度的，改用那一年度的表格。",
    fix_en="Check the year; use that year's form if the data belong to it.",
    example="2023 年度的表格，年度填成 2022。",
    says="{label}填的是{there}，这套表格评价的是 {year} 年度",
    says_en="{label} is {there}, this form evaluates {year}",
)


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield one finding per year within its limits that is not the form's (others are out of range)."""
    year = ctx.submission.form.year
    for reading in ctx.numbers:
        item, value = reading.item, reading.value
        if item.type != "year" or not isinstance(value, int | float) or value != int(value) or value == year:
            continue
        if (item.minimum is None or value >= item.minimum) and (item.maximum is None or value <= item.maximum):
            yield ctx.say(
                CARD, reading.ref, ctx.label(reading.key), stated=value, expected=year, there=as_typed(value), year=year
            )
