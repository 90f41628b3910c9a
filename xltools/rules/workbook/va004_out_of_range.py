"""VA004: a number above the field's limit, or below one that is not zero."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.findings.wording import figure
from xltools.rules.context import RuleContext

CARD = Card(
    code="VA004",
    level="error",
    name="超出允许范围",
    name_en="Out of range",
    what="数字是否在该项允许的范围内。",
    why="超出范围的数多半是填错了位置或单位。",
    basis="填表说明：只填浅黄色单元格；基层报表审核通行做法",
    fix="请核对后改正。",
    fix_en="Check and correct it.",
    example="达成比例填成 9800。",
    says="{label}为 {there}，应{limits}",
    says_en="{label} is {there}, it must be {limits}",
)


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield one finding per number outside its limits (negative numbers are VA005's)."""
    for reading in ctx.numbers:
        item, value = reading.item, reading.value
        assert isinstance(value, int | float)
        low, high = item.minimum, item.maximum
        if (low == 0 and value < 0) or ((low is None or value >= low) and (high is None or value <= high)):
            continue
        if ctx.lang == "zh":
            limits = "、".join(
                w
                for w in (f"不小于 {low:g}" if low is not None else "", f"不大于 {high:g}" if high is not None else "")
                if w
            )
        else:
            limits = " and ".join(
                w
                for w in (
                    f"at least {low:g}" if low is not None else "",
                    f"at most {high:g}" if high is not None else "",
                )
                if w
            )
        yield ctx.say(
            CARD,
            reading.ref,
            ctx.label(reading.key),
            stated=value,
            there=figure(value, item.decimals, item.unit),
            limits=limits,
        )
