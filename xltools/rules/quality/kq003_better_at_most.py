"""KQ003: what is better the more there is of it, with the direction “at most”."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.rules.quality.context import QualityContext
from xltools.rules.quality.names import bad_thing, good_rate

CARD = Card(
    code="KQ003",
    level="confirm",
    name=Pair("越多越好的指标方向写成“≤”", "Something good that should be at most so much"),
    what=Pair(
        "满意度、合格率、覆盖率、建设数量一类的指标，方向是否写成了“≤”。",
        "Whether satisfaction, pass rates, coverage or what was built have the direction “at most”.",
    ),
    why=Pair(
        "这些事越多越好，写成“≤”等于做得越少得分越高。",
        "The more of these the better; with “at most”, doing less scores more.",
    ),
    basis=Pair(
        "绩效目标审核通行做法；用词见 workbook_templates/indicators.toml",
        "Common practice in reviewing objectives; the words stand in workbook_templates/indicators.toml.",
    ),
    says=Pair(
        "{label}是“{sign}”，而“{word}”越多越好",
        "{label} is “{sign}”, but the more of “{word}” the better",
    ),
    fix=Pair(
        "请改为“≥”；确需控制在目标以内的请说明。",
        "Make it “at least”, or explain why it is to be kept within the target.",
    ),
    example=Pair(
        "“来访群众满意度 ≤ 90 %”。",
        "“来访群众满意度 ≤ 90 %”.",
    ),
    since="0.3.0",
)


def find(ctx: QualityContext) -> Iterator[Finding]:
    """Yield one finding per such row: 核实 for a rate, 提示 for a count of what was done."""
    words = ctx.words
    for row in ctx.rows:
        if row.direction != "at_most":
            continue
        if rate := good_rate(words, row.name):
            yield ctx.say(CARD, row, "direction", {"sign": row.sign, "word": rate})
        elif (
            row.kind != "cost"
            and words.counts.ends(row.head)
            and words.produced.within(row.head)
            and not words.bounded_by_purpose.within(row.name)
            and not words.worse.within(row.head)
            and not bad_thing(words, row.name)
        ):
            word = words.produced.within(row.head) + words.counts.ends(row.head)
            yield ctx.say(CARD, row, "direction", {"sign": row.sign, "word": word}, level="notice")
