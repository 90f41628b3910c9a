"""VA010: a year that is not the form's."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.findings.values import Typed
from xltools.rules.context import RuleContext

CARD = Card(
    code="VA010",
    level="confirm",
    name=Pair("年度与表格的年度不符", "The year is not the form's"),
    what=Pair("填报的年度是否为这套表格评价的年度。", "Whether the year given is the one this form evaluates."),
    why=Pair(
        "年度不符，可能是把别的年度的数填进了这张表。", "Figures of another year may have been entered into this form."
    ),
    basis=Pair("下发的表格版本", "The edition of the form that was sent out."),
    says=Pair("{label}填的是{there}，这套表格评价的是 {year} 年度", "{label} is {there}, this form evaluates {year}"),
    fix=Pair(
        "请核对年度；数据确属另一年度的，改用那一年度的表格。",
        "Check the year; use that year's form if the data belong to it.",
    ),
    example=Pair("2023 年度的表格，年度填成 2022。", "In the form of 2023 the year is 2022."),
    may_lead="confirm",
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
                CARD,
                reading.ref,
                ctx.label(reading.key),
                {"there": Typed(value), "year": year},
                stated=value,
                expected=year,
            )
