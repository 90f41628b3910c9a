"""KQ014: nearly all points hang on one row."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair, same
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.findings.values import Value
from xltools.rules.quality.context import Indicator, QualityContext

CARD = Card(
    code="KQ014",
    level="notice",
    name=Pair("分值集中在一个指标上", "Nearly all points on one indicator"),
    what=Pair(
        "一组指标的分值是否几乎全给了其中一个（80% 以上），或半数以上的分值只有一个指标。",
        "Whether one indicator has nearly all points of its group (80 % and more), or is alone in a group with half of all points.",
    ),
    why=Pair(
        "其他指标等于不计分，完成得好坏都看不出来。",
        "The others do not count, and how they were met does not show.",
    ),
    basis=Pair(
        "绩效目标审核通行做法；用词见 workbook_templates/indicators.toml",
        "Common practice in reviewing objectives; the words stand in workbook_templates/indicators.toml.",
    ),
    says=Pair(
        "{label}是 {weight} 分，占{group}的 {share}%",
        "{label} is {weight} points, {share} % of {group}",
    ),
    fix=Pair(
        "请按重要程度重新分配分值，或补充指标。",
        "Share out the points by importance, or add indicators.",
    ),
    example=Pair(
        "产出指标 50 分，一个指标 46 分，其余三个共 4 分。",
        "Of 50 points for outputs one indicator has 46, three others 4.",
    ),
    since="0.3.0",
)
_MOST, _ALONE = 0.8, 0.5
"""The share of its group beside others, and of the whole table where a row is alone in its group."""
_TABLE = Pair("本表", "this table")


def find(ctx: QualityContext) -> Iterator[Finding]:
    """Yield one finding per group."""
    for table in ctx.tables:
        weighed = [row for row in ctx.rows if row.of is table and row.weight]
        total = sum(row.weight or 0.0 for row in weighed)
        groups: dict[str, list[Indicator]] = {}
        for row in weighed:
            groups.setdefault(table.above(row.group), []).append(row)
        for name, rows in groups.items():
            whole = sum(row.weight or 0.0 for row in rows)
            row = max(rows, key=lambda r: r.weight or 0.0)
            weight = row.weight or 0.0
            heavy = weight >= _MOST * whole if len(rows) > 1 else bool(name) and weight >= _ALONE * total
            if heavy and len(weighed) > 1:
                values: dict[str, Value] = {"weight": f"{weight:g}", "group": same(name) if name else _TABLE}
                yield ctx.say(CARD, row, "weight", values | {"share": f"{weight / whole * 100:.0f}"})
