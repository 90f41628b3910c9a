"""BT014: the budget is the roster's figure in another unit."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.rules.batch.context import BatchContext, Placed, at_figure, told_of_unit
from xltools.rules.slipped_units import slip_between

CARD = Card(
    code="BT014",
    level="confirm",
    name=Pair("与名册相比疑似单位填错", "In another unit than the roster"),
    what=Pair(
        "全年预算数是否恰为名册核定数的一万倍、十倍或万分之一。",
        "Whether the budget is the roster's figure times ten thousand, ten, or a ten-thousandth.",
    ),
    why=Pair(
        "表格以万元为单位，单位填错会使汇总数放大或缩小成千上万倍。",
        "The form is in ten thousands of yuan; another unit makes totals thousands of times too large or too small.",
    ),
    basis=Pair("名册与报送件对照", "The roster against the submissions."),
    says=Pair(
        "{label}填的是 {there}，财政部门核定为 {right}，疑似整张表按{unit}填列",
        "{label} is {there}, the bureau approved {right}: probably all is in {unit}",
    ),
    fix=Pair(
        "请核对整张表的单位；确实无误的，请说明。", "Check the unit of the whole workbook; say so if it is right."
    ),
    example=Pair("名册为 2,282.21 万元，填成 22,822,100。", "2,282.21 in the roster, 22,822,100 in the workbook."),
    since="0.3.0",
)


def find(ctx: BatchContext) -> Iterator[Placed]:
    """Yield one finding per workbook whose budget is the roster's in another unit, unless the workbook shows it itself."""
    for checked in ctx.read:
        known = None if told_of_unit(checked) else ctx.budget(checked)
        if known is None:
            continue
        own, right = known
        slip = slip_between(own.value or 0.0, right)
        if slip is not None:
            finding = at_figure(checked, CARD, own, right)
            yield checked, replace(finding, values={**finding.values, "unit": slip.unit})
