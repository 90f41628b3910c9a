"""BT015: all totals are those of last year in another unit."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.rules.batch.context import AgainstLastYear, at_figure, told_of_unit
from xltools.rules.slipped_units import slip_of_all

CARD = Card(
    code="BT015",
    level="confirm",
    name=Pair("与上年相比疑似单位填错", "In another unit than last year"),
    what=Pair(
        "各项总计是否都比上年大（小）一千倍以上，或都是上年的十倍左右。",
        "Whether all totals are thousands of times those of last year, or all about ten times.",
    ),
    why=Pair(
        "表格以万元为单位，单位填错会使汇总数放大或缩小成千上万倍。",
        "The form is in ten thousands of yuan; another unit makes totals thousands of times too large or too small.",
    ),
    basis=Pair("上年的工作簿与本年的对照", "Last year's workbook against this year's."),
    says=Pair(
        "{label}为 {there}，上年为 {right}，各项总计都是如此，疑似整张表按{unit}填列",
        "{label} is {there}, last year {right}, and so are all totals: probably all is in {unit}",
    ),
    fix=Pair(
        "请核对整张表的单位；确实无误的，请说明。", "Check the unit of the whole workbook; say so if it is right."
    ),
    example=Pair("上年收入总计 1,474.93 万元，本年 14,749,300。", "1,474.93 last year, 14,749,300 this year."),
    since="0.3.0",
)


def find(ctx: AgainstLastYear) -> Iterator[Finding]:
    """Yield one finding for a workbook all of whose totals are another unit's, unless the workbook shows it itself."""
    traits, last = ctx.checked.traits, ctx.last.traits
    if traits is None or last is None or told_of_unit(ctx.checked):
        return
    for name, opening in traits.opening.items():
        if opening.value and name in last.closing and not opening.differs_from(last.closing[name]):
            return  # what was carried over stands in the unit of last year
    pairs = [
        (own, own.value, before.value)
        for name, own in traits.totals.items()
        if own.value and (before := last.totals.get(name)) is not None and before.value
    ]
    slip = slip_of_all([(value, right) for _, value, right in pairs])
    if slip is not None:
        own, _, right = pairs[0]
        finding = at_figure(ctx.checked, CARD, own, right)
        yield replace(finding, values={**finding.values, "unit": slip.unit})
