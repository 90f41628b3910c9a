"""VA019: an indicator below zero, or a target that every figure reaches."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.findings.values import Value
from xltools.rules.context import RuleContext
from xltools.rules.indicators import indicators

CARD = Card(
    code="VA019",
    level="confirm",
    name=Pair("指标值为负数，或“≥”的目标值为 0", "A negative indicator, or a target of 0 with ≥"),
    what=Pair(
        "名称、单位不表示增减的指标是否填了负数；方向为“≥”的目标值是否为 0。",
        "Whether an indicator that tells no change is negative, and whether a target with ≥ is 0.",
    ),
    why=Pair(
        "数量、比率不会为负；“≥ 0”的目标不用做事也能完成，无从评价。",
        "Amounts and rates are never negative; a target of ≥ 0 is met by doing nothing.",
    ),
    basis=Pair(
        "指标的含义；名称中的字词见 plausible.toml", "What the indicator means; its words stand in plausible.toml."
    ),
    says=Pair("{label}为 {there}，{why}", "{label} is {there}; {why}"),
    fix=Pair("请核对数值和方向；确实如此的，写明原因。", "Check figure and direction; say why where it is right."),
    fix_coordinator=Pair(
        "请部门核对数值和方向；确实如此的，可以豁免并写明理由。",
        "Let the department check figure and direction; waive it with a reason where it is right.",
    ),
    example=Pair("专项检查次数的实际完成值填成 -36。", "36 inspections are entered as -36."),
    since="0.3.0",
    may_lead="confirm",
)
_NEGATIVE = Pair("这项指标一般不为负数", "it is hardly negative")
_NO_TARGET = Pair("方向是“≥”，目标值应大于 0", "with ≥ a target is more than 0")


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield one finding per negative figure, and per target of 0 with ≥, unless the row's words allow it."""
    signed = ctx.submission.form.plausible.common.signed
    for row in indicators(ctx):
        if row.named(signed) or row.united(signed):
            continue
        for reading in (row.target, row.actual):
            if reading is None:
                continue
            value = row.number(reading)
            empty = reading is row.target and value == 0 and row.direction == "≥"
            if value < 0 or empty:
                values: dict[str, Value] = {
                    "there": f"{value:.15g}{reading.unit}",
                    "why": _NEGATIVE if value < 0 else _NO_TARGET,
                }
                yield ctx.say(CARD, reading.ref, ctx.label(reading.key), values, stated=value)
