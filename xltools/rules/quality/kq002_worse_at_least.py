"""KQ002: what is worse the more there is of it, with the direction “at least”."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.form.model import Level
from xltools.rules.quality.context import QualityContext
from xltools.rules.quality.names import bad_thing, looks_bad

CARD = Card(
    code="KQ002",
    level="confirm",
    name=Pair("越多越差的指标方向写成“≥”", "Something bad that should be at least so much"),
    what=Pair(
        "投诉、事故、差错、超期、办理时限一类的指标，方向是否写成了“≥”。",
        "Whether complaints, accidents, faults, delays or processing times have the direction “at least”.",
    ),
    why=Pair(
        "这些事越少越好，写成“≥”等于出得越多得分越高。",
        "The fewer of these the better; with “at least”, more of them scores more.",
    ),
    basis=Pair(
        "绩效目标审核通行做法；用词见 workbook_templates/indicators.toml",
        "Common practice in reviewing objectives; the words stand in workbook_templates/indicators.toml.",
    ),
    says=Pair(
        "{label}是“{sign}”，而“{word}”越少越好",
        "{label} is “{sign}”, but the less of “{word}” the better",
    ),
    fix=Pair(
        "请改为“≤”（或“=”0）；数的是处理、查处等工作量的，请在名称中写明。",
        "Make it “at most” (or “=” 0); where it counts what was dealt with, say so in the name.",
    ),
    example=Pair(
        "“群众有效投诉件数 ≥ 10 件”。",
        "“群众有效投诉件数 ≥ 10 件”.",
    ),
    since="0.3.0",
)


def find(ctx: QualityContext) -> Iterator[Finding]:
    """Yield one finding per such row; 提示 where the name only looks bad, or should be exactly so many, which some
    methods score as at least."""
    for row in ctx.rows:
        exactly = row.direction == "exactly" and (row.target or 0) > 0
        if not exactly and row.direction != "at_least":
            continue
        known = bad_thing(ctx.words, row.name)
        if bad := known or looks_bad(ctx.words, row.name):
            level: Level = "notice" if exactly or not known else CARD.level
            yield ctx.say(CARD, row, "direction", {"sign": row.sign, "word": bad}, level=level)
