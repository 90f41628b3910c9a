"""KQ007: a share of all has a target above 100 %."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.findings.values import Figure
from xltools.rules.quality.context import QualityContext

CARD = Card(
    code="KQ007",
    level="confirm",
    name=Pair("比率的目标超过 100%", "A share with a target above 100 %"),
    what=Pair(
        "合格率、满意度、覆盖率一类（部分占全体）的目标值是否超过 100%。",
        "Whether the target of a pass rate, satisfaction or coverage (a part of all) is above 100 %.",
    ),
    why=Pair(
        "部分不可能多于全体，多半是把百分数又乘了 100，或单位不是 %。",
        "A part cannot be more than all of it: mostly multiplied by 100 once too often, or the unit is not %.",
    ),
    basis=Pair(
        "绩效目标审核通行做法；用词见 workbook_templates/indicators.toml",
        "Common practice in reviewing objectives; the words stand in workbook_templates/indicators.toml.",
    ),
    says=Pair(
        "{label}是{target}，“{word}”不会超过 100%",
        "{label} is {target}; “{word}” cannot be above 100 %",
    ),
    fix=Pair(
        "请核对目标值和单位。",
        "Check the target and its unit.",
    ),
    example=Pair(
        "“设备验收合格率 ≥ 110 %”。",
        "“设备验收合格率 ≥ 110 %”.",
    ),
    since="0.3.0",
)
_ALL = 100


def find(ctx: QualityContext) -> Iterator[Finding]:
    """Yield one finding per such row; growth and use may be above 100 %."""
    words = ctx.words
    for row in ctx.counted:
        rate = words.bounded.ends(row.head)
        other = words.unbounded.ends(row.head)
        in_percent = not row.unit or words.unit_kind(row.unit) == "share"
        if rate and len(other) <= len(rate) and in_percent and row.target is not None and row.target > _ALL:
            yield ctx.say(CARD, row, "target", {"target": Figure(row.target, 0, row.unit or "%"), "word": rate})
