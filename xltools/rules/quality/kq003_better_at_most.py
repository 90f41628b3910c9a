"""KQ003: what is better the more there is of it, with the direction “at most”."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.form.indicator_words import IndicatorWords
from xltools.rules.quality.context import Indicator, QualityContext
from xltools.rules.quality.names import bad_thing, good_rate, looks_bad

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


_REACHED = ("output", "quantity", "benefit")
_COUNTED = ("people", "bodies", "times", "things", "area", "length")


def find(ctx: QualityContext) -> Iterator[Finding]:
    """Yield one finding per such row: 核实 for a rate known to be good, 提示 for other shares and for what was done."""
    for row in ctx.rows:
        if row.direction != "at_most":
            continue
        kept_low = ctx.words.bounded_by_purpose.within(row.name)
        if rate := "" if kept_low else good_rate(ctx.words, row.name):
            yield ctx.say(CARD, row, "direction", {"sign": row.sign, "word": rate})
        elif not _bad(ctx.words, row) and (_other_share(ctx, row) or (not kept_low and _reached(ctx, row))):
            yield ctx.say(CARD, row, "direction", {"sign": row.sign, "word": row.head}, level="notice")


def _bad(words: IndicatorWords, row: Indicator) -> bool:
    return bool(words.worse.within(row.head) or bad_thing(words, row.name) or looks_bad(words, row.name))


def _other_share(ctx: QualityContext, row: Indicator) -> bool:
    """True for satisfaction, and for a share that is not one to be kept low."""
    share = ctx.words.unit_kind(row.unit) == "share" and row.kind not in ("cost", "timeliness")
    return row.kind == "satisfaction" or (share and not ctx.words.neutral_rates.within(row.name))


def _reached(ctx: QualityContext, row: Indicator) -> bool:
    """True for a count of what was made, done or reached, and for what is gained."""
    words, kind = ctx.words, ctx.words.unit_kind(row.unit)
    counted = kind in _COUNTED or bool(words.counts.ends(row.head) and words.produced.within(row.head))
    gained = row.kind == "benefit" and kind == "money" and not words.cost.ends(row.head)
    return gained or (counted and row.kind in _REACHED)
