"""BT005: the approved figure is not the roster's."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.rules.batch.context import BatchContext, Placed, at_figure

CARD = Card(
    code="BT005",
    level="error",
    name=Pair("核定数与名册不符", "The approved figure is not the roster's"),
    what=Pair(
        "工作簿里由财政部门预填的核定数与名册是否一致。",
        "Whether the approved figure that the bureau prefilled is the roster's.",
    ),
    why=Pair(
        "核定数以名册为准；不一致说明预填后被改动，或名册更新后没有重新下发。",
        "The roster counts; where they differ, the figure was changed after prefilling or the roster after sending.",
    ),
    basis=Pair("名册与报送件对照", "The roster against the submissions."),
    says=Pair("{label}为 {there}，财政部门核定为 {right}", "{label} is {there}, the bureau approved {right}"),
    says_coordinator=Pair("{label}为 {there}，名册为 {right}", "{label} is {there}, the roster says {right}"),
    fix=Pair(
        "请按财政部门核定的数改正；有疑问的，请与财政部门联系。",
        "Correct it to the bureau's figure, or ask the bureau.",
    ),
    fix_coordinator=Pair(
        "请以名册为准改正；名册有误的，更正名册后重新审核。",
        "Correct it to the roster's figure, or correct the roster.",
    ),
    example=Pair("名册的核定数是 2,282.21，工作簿里是 2,180.24。", "2,282.21 in the roster, 2,180.24 in the workbook."),
)


def find(ctx: BatchContext) -> Iterator[Placed]:
    """Yield one finding per figure of the roster that the workbook gives otherwise."""
    for checked in ctx.read:
        line = ctx.line(checked)
        if line is not None and checked.traits is not None:
            for column, own in checked.traits.given.items():
                right = line.values.get(column)
                if isinstance(right, int | float) and own.value is not None and own.differs_from(right):
                    yield checked, at_figure(checked, CARD, own, float(right))
