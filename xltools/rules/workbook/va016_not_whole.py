"""VA016: a fraction where whole numbers are counted."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.findings.values import Typed
from xltools.rules.context import RuleContext

CARD = Card(
    code="VA016",
    level="error",
    name=Pair("应为整数", "Not a whole number"),
    what=Pair(
        "人数、份数、年度等只能是整数的项目是否填了小数。",
        "Whether staff, copies, years and other counts have fractions.",
    ),
    why=Pair(
        "人数和份数没有小数，多半是填错了行或填成了比例。",
        "People and copies come whole; a fraction mostly belongs in another row or is a ratio.",
    ),
    basis=Pair("表格单位：人、个、份", "The form's units: persons, items, copies."),
    says=Pair("{label}填的是{there}，应为整数", "{label} is {there}, a whole number is expected"),
    fix=Pair("请核对后填整数。", "Check it and enter a whole number."),
    example=Pair("在职人数填成 39.5。", "The staff is 39.5."),
    may_lead="confirm",
)


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield one finding per count with a fraction; float residue does not count."""
    for reading in ctx.numbers:
        if reading.item.type not in ("integer", "year") or not isinstance(reading.value, float):
            continue
        if abs(reading.value - round(reading.value)) > 1e-7:
            yield ctx.say(
                CARD, reading.ref, ctx.label(reading.key), {"there": Typed(reading.value)}, stated=reading.value
            )
