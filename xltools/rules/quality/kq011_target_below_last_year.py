"""KQ011: a target far below what was reached last year."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.extract import IndicatorLine
from xltools.findings.finding import Finding
from xltools.findings.values import Figure
from xltools.rules.batch.context import AgainstLastYear
from xltools.rules.quality.names import core

CARD = Card(
    code="KQ011",
    level="notice",
    name=Pair("目标值远低于上年实际", "A target far below last year's result"),
    what=Pair(
        "同一指标的目标值是否不到上年实际完成值的 70%（越低越好的：超过上年实际的 1.43 倍）。",
        "Whether the target is below 70 % of what the same indicator reached last year (the lower the better: above 1.43 times).",
    ),
    why=Pair(
        "目标定得过低，完成得再容易也是满分。",
        "With so low a target, full marks come by themselves.",
    ),
    basis=Pair(
        "上年的工作簿与本年的对照；目标应与上年水平相衔接",
        "Last year's workbook against this year's: targets follow on from the level reached.",
    ),
    says=Pair(
        "{label}的目标 {target}，上年实际已达 {last}",
        "{label}: the target is {target}, last year's result was {last}",
    ),
    fix=Pair(
        "请按上年水平和本年任务重新核定目标，或说明任务减少的原因。",
        "Set the target anew by last year's level and this year's task, or explain why the task is smaller.",
    ),
    example=Pair(
        "上年培训 1,260 人次，本年目标只写 600 人次。",
        "1,260 persons were trained last year; this year's target is 600.",
    ),
    since="0.3.0",
)
_SHARE = 0.7
"""A target below this share of last year's result is far below it."""


def find(ctx: AgainstLastYear) -> Iterator[Finding]:
    """Yield one finding per indicator that stands in both years under one name and unit."""
    mine, theirs = (() if c.traits is None else c.traits.indicators for c in (ctx.checked, ctx.last))
    before = {(core(line.name), line.unit, line.direction): line for line in theirs}
    for line in mine:
        last = before.get((core(line.name), line.unit, line.direction))
        if last is None or line.target is None or not last.actual or last.actual < 0 or not _far(line, last.actual):
            continue
        decimals = 0 if float(line.target).is_integer() and float(last.actual).is_integer() else 2
        yield Finding(
            code=CARD.code,
            level=CARD.level,
            file=ctx.checked.file,
            department=ctx.checked.department,
            sheet=line.sheet,
            cell=line.target_cell,
            field=Pair(f"“{line.name}”", f"“{line.name}”"),
            values={
                "target": Figure(line.target, decimals, line.unit),
                "last": Figure(last.actual, decimals, line.unit),
            },
            stated=line.target,
            expected=last.actual,
        )


def _far(line: IndicatorLine, reached: float) -> bool:
    if line.target is None:
        return False
    if line.direction == "at_most":
        return line.target * _SHARE > reached
    return line.target < reached * _SHARE
