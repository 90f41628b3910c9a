"""KQ006: an effect that nothing counts, with a number as its target."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.findings.values import Figure
from xltools.rules.quality.context import QualityContext

CARD = Card(
    code="KQ006",
    level="notice",
    name=Pair("定性的效果写了数值而没有依据", "An effect with a number and no basis"),
    what=Pair(
        "“明显”“提升”“促进”一类的效果，没有可数的东西却写了百分数或分数。",
        "Whether an effect (“明显”, “提升”, “促进”) that nothing counts has a percentage or points as its target.",
    ),
    why=Pair(
        "说不出是什么的百分之几，实际完成值就无从核对。",
        "Nobody can say of what it is a share, so the result cannot be checked.",
    ),
    basis=Pair(
        "绩效目标审核通行做法；用词见 workbook_templates/indicators.toml",
        "Common practice in reviewing objectives; the words stand in workbook_templates/indicators.toml.",
    ),
    says=Pair(
        "{label}说的是“{word}”，看不出 {target} 是什么的比例",
        "{label} speaks of “{word}”; of what {target} is a share cannot be seen",
    ),
    fix=Pair(
        "请方向选“定性”，或改为可数的指标（如满意度、达标率、增长幅度）并留存依据。",
        "Make it qualitative, or choose something that is counted (satisfaction, pass rate, growth) and keep the evidence.",
    ),
    example=Pair(
        "“社会效益明显 ≥ 95 %”。",
        "“社会效益明显 ≥ 95 %”.",
    ),
    since="0.3.0",
)


def find(ctx: QualityContext) -> Iterator[Finding]:
    """Yield one finding per such row; a target in pieces, persons or money counts something."""
    for row in ctx.rows:
        if effect := ctx.effect(row):
            yield ctx.say(CARD, row, "target", {"word": effect, "target": Figure(row.target, 0, row.unit)})
