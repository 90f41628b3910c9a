"""VA004: a number above the field's limit, or below one that is not zero."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.findings.values import Figure, Joined
from xltools.rules.context import RuleContext

CARD = Card(
    code="VA004",
    level="error",
    name=Pair("超出允许范围", "Out of range"),
    what=Pair("数字是否在该项允许的范围内。", "Whether a number lies within the limits of its cell."),
    why=Pair("超出范围的数多半是填错了位置或单位。", "A number beyond them mostly stands in the wrong place or unit."),
    basis=Pair(
        "填表说明：只填浅黄色单元格；基层报表审核通行做法",
        "The form's instructions: fill in the pale yellow cells only; common practice in reviewing basic-level reports.",
    ),
    says=Pair("{label}为 {there}，应{limits}", "{label} is {there}, it must be {limits}"),
    fix=Pair("请核对后改正。", "Check and correct it."),
    example=Pair("达成比例填成 9800。", "The completion rate is 9800."),
    may_lead="confirm",
)

_LEAST, _MOST = Pair("不小于 {limit}", "at least {limit}"), Pair("不大于 {limit}", "at most {limit}")


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield one finding per number outside its limits (negative numbers are VA005's)."""
    for reading in ctx.numbers:
        item, value = reading.item, reading.value
        assert isinstance(value, int | float)
        low, high = item.minimum, item.maximum
        if (low == 0 and value < 0) or ((low is None or value >= low) and (high is None or value <= high)):
            continue
        limits = [
            words.format(limit=f"{limit:g}") for words, limit in ((_LEAST, low), (_MOST, high)) if limit is not None
        ]
        yield ctx.say(
            CARD,
            reading.ref,
            ctx.label(reading.key),
            {"there": Figure(value, item.decimals, item.unit), "limits": Joined(tuple(limits), en=" and ")},
            stated=value,
        )
