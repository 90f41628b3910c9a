"""KQ005: the same indicator stands twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.findings.values import Quoted
from xltools.form.model import Level
from xltools.rules.quality.context import Indicator, QualityContext
from xltools.rules.quality.names import core, within

CARD = Card(
    code="KQ005",
    level="notice",
    name=Pair("同一指标写了两次", "The same indicator twice"),
    what=Pair(
        "同一张表里，有没有名称相同或只差几个虚词的两个指标（含写在不同分组的）。",
        "Whether two indicators have the same name, or one that differs in filler words only, in one group or in two.",
    ),
    why=Pair(
        "同一件事计了两次分，其他工作就少了分值。",
        "One thing is scored twice, and the rest weighs less.",
    ),
    basis=Pair(
        "绩效目标审核通行做法；用词见 workbook_templates/indicators.toml",
        "Common practice in reviewing objectives; the words stand in workbook_templates/indicators.toml.",
    ),
    says=Pair(
        "{label}与{other}是同一个指标",
        "{label} is the same indicator as {other}",
    ),
    fix=Pair(
        "请删去一个，或写明两者的不同（对象、范围、时间）。",
        "Delete one, or say in what they differ: whom, where, when.",
    ),
    example=Pair(
        "质量指标和时效指标里都有“路灯维修及时率”。",
        "“路灯维修及时率” stands under quality and under timeliness.",
    ),
    since="0.3.0",
)


_NUMBER = re.compile(r"[0-9]+|[一二三四五六七八九十]+(?=[期批号])")
_PARTICULAR = 8
"""A name must have so many characters to mean one thing only: two groups may each have their rate of satisfaction."""


def find(ctx: QualityContext) -> Iterator[Finding]:
    """Yield one finding at the second of two: 核实 for a copied row (in one table a particular name, target and result
    are all the same), else 提示: two tables may measure one thing from two sides."""
    seen: dict[str, list[tuple[str, Indicator]]] = {}
    for row in ctx.rows:
        mine, alike = core(row.given), seen.setdefault(ctx.words.unit_kind(row.unit) or row.unit, [])
        other = next(
            (o for theirs, o in alike if mine == theirs or (_same_figures(row, o) and within(mine, theirs))), None
        )
        alike.append((mine, row))
        if other is not None:
            level: Level = "confirm" if _copied(row, other) else "notice"
            yield ctx.say(CARD, row, "name", {"other": Quoted(other.given)}, level=level, beside=other)


def _same_figures(row: Indicator, other: Indicator) -> bool:
    """True for the same target and result that are not just each other: such figures are somebody's own; but names with
    other numbers in them (一期, 2 号楼) mean to differ."""
    mine, theirs = ((r.direction, r.target, r.actual, _NUMBER.findall(r.given)) for r in (row, other))
    return bool(row.direction) and row.target != row.actual and mine == theirs


def _copied(row: Indicator, other: Indicator) -> bool:
    same = row.of.table == other.of.table and row.name == other.name
    return same and len(row.head) >= _PARTICULAR and _same_figures(row, other)
