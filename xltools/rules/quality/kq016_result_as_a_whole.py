"""KQ016: what the indicators reach as a whole is not like work that was measured, or like the money spent."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import mean

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.rules.quality.context import Indicator, QualityContext

CARD = Card(
    code="KQ016",
    level="notice",
    name=Pair("指标整体完成情况可疑", "What the indicators reach as a whole"),
    what=Pair(
        "五个以上“≥”“≤”指标是否全部恰好等于目标值；指标平均完成率是否比预算执行率低 10 个百分点以上。",
        "Whether five or more indicators all equal their targets, or on average reach 10 points less than was spent.",
    ),
    why=Pair(
        "实际数很少全部恰好等于目标，多半是照抄目标值；钱花完了、事没做完，也要说得清。",
        "Results hardly ever all equal their targets: they were copied; money spent on work not done needs a word.",
    ),
    basis=Pair(
        "预算管理一体化系统绩效监控：目标完成与预算执行相差超过 10 个百分点预警",
        "The budget system's monitoring: goals and execution more than 10 points apart.",
    ),
    says=Pair("{label}：{what}", "{label}: {what}"),
    fix=Pair(
        "请填统计得到的实际数；属实的，在自评材料中说明。", "Give the results as counted; explain where they are right."
    ),
    example=Pair("八个指标的实际完成值全部等于目标值。", "Eight indicators, each exactly at its target."),
    since="0.3.0",
)
_FEWEST, _SOME, _APART, _SLIP = 5, 3, 10, 0.02
"""Indicators that may all be exact by chance or not, that make an average, points between work and money, and the
share of a target below which a result is another rule's."""
_EXACT = Pair(
    "{count} 个“≥”“≤”指标的实际值全部恰好等于目标值",
    "all {count} indicators at least or at most so much equal their targets",
)
_LATE = Pair(
    "{count} 个指标平均完成 {done}%，预算已执行 {spent}%，相差 {apart} 个百分点",
    "{count} indicators reach {done} % on average, {spent} % of the budget is spent: {apart} points apart",
)


def find(ctx: QualityContext) -> Iterator[Finding]:
    """Yield a finding at the first indicator for each of the two."""
    known = [row for row in ctx.counted if row.actual is not None]
    open_ended = [row for row in known if row.direction != "exactly"]
    if len(open_ended) >= _FEWEST and all(row.actual == row.target for row in open_ended):
        yield ctx.say(CARD, open_ended[0], "actual", {"what": _EXACT.format(count=len(open_ended))})
    shares = [share for row in known if (share := _reached(row)) is not None]
    if ctx.spent is not None and len(shares) >= _SOME:
        spent, done = round(ctx.spent, 2), round(100 * mean(shares), 2)
        if spent - done > _APART:
            told = {"done": f"{done:.2f}", "spent": f"{spent:.2f}", "apart": f"{spent - done:.2f}"}
            yield ctx.say(CARD, known[0], "actual", {"what": _LATE.format(count=len(shares), **told)})


def _reached(row: Indicator) -> float | None:
    """Return the share of its target that a row reached, at most all of it; None where there is no share, or one
    that only a slip makes (a fraction for percent, a negative)."""
    target, actual = row.target or 0.0, row.actual or 0.0
    if actual < 0 or 0 < actual < _SLIP * target:
        return None
    if row.direction == "at_most":
        return 1.0 if actual <= target else max(0.0, target / actual)
    return min(1.0, max(0.0, actual / target)) if target > 0 else None
