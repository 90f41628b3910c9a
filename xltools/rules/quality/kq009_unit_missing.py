"""KQ009: a number without a unit."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.rules.quality.context import QualityContext

CARD = Card(
    code="KQ009",
    level="notice",
    name=Pair("指标没有写计量单位", "An indicator without a unit"),
    what=Pair(
        "有数值目标的指标，是否写了计量单位。",
        "Whether an indicator with a number as its target has a unit.",
    ),
    why=Pair(
        "没有单位，目标值和完成值说不清是多少什么。",
        "Without a unit nobody can say how much of what the target and the result are.",
    ),
    basis=Pair(
        "绩效目标审核通行做法；用词见 workbook_templates/indicators.toml",
        "Common practice in reviewing objectives; the words stand in workbook_templates/indicators.toml.",
    ),
    says=Pair(
        "{label}没有填{rest}",
        "{label} is blank{rest}",
    ),
    fix=Pair(
        "请补填（次、人、%、万元等）。",
        "Fill it in.",
    ),
    example=Pair(
        "“巡查河道长度 ≥ 120”，不知是公里还是里。",
        "“巡查河道长度 ≥ 120”: kilometres or li?",
    ),
    since="0.3.0",
)
_EACH = 2
"""So many rows are said each; more of a table are said once."""
_MORE = Pair("，本表共有 {count} 个指标没有单位", "; {count} indicators of this table have no unit")
_NOTHING = Pair("", "")


def find(ctx: QualityContext) -> Iterator[Finding]:
    """Yield one finding per row, or one for a table in which many lack it; a unit in the name's brackets counts."""
    for table in ctx.tables:
        bare = [
            row
            for row in ctx.counted
            if row.of is table and table.unit and not row.unit and row.name.rstrip(")）") == row.name
        ]
        for row in bare if len(bare) <= _EACH else bare[:1]:
            rest = _NOTHING if len(bare) <= _EACH else _MORE.format(count=len(bare))
            yield ctx.say(CARD, row, "unit", {"rest": rest})
