"""KQ004: paying money is given as an output."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.rules.quality.context import QualityContext
from xltools.rules.quality.names import stem

CARD = Card(
    code="KQ004",
    level="notice",
    name=Pair("以资金支付充当产出指标", "Payment posing as an output"),
    what=Pair(
        "产出（数量、质量）指标里，有没有资金支付率、到位率、支出进度或一笔资金的金额。",
        "Whether an output (quantity, quality) is a payment rate, the arrival of funds, or an amount of money.",
    ),
    why=Pair(
        "花钱是投入，已在预算执行率中计分；产出应写用这笔钱做成了什么。",
        "Spending is input and scored as execution; an output says what was done with the money.",
    ),
    basis=Pair(
        "绩效目标审核通行做法；用词见 workbook_templates/indicators.toml",
        "Common practice in reviewing objectives; the words stand in workbook_templates/indicators.toml.",
    ),
    says=Pair(
        "{label}写的是“{word}”，属于预算执行，不是产出",
        "{label} is “{word}”: that is execution of the budget, no output",
    ),
    fix=Pair(
        "请改为用这笔资金完成的数量、质量，如建成、培训、服务了多少。",
        "Say instead what was built, trained or served with the money.",
    ),
    example=Pair(
        "数量指标“专项资金支付率 ≥ 95 %”。",
        "The quantity “专项资金支付率 ≥ 95 %”.",
    ),
    since="0.3.0",
)
_OUTPUTS = ("output", "quantity", "quality")


def find(ctx: QualityContext) -> Iterator[Finding]:
    """Yield one finding per such row."""
    words = ctx.words
    for row in ctx.rows:
        if row.kind not in _OUTPUTS or words.raised.within(row.head):
            continue
        rate = words.money.within(row.head) and not words.timely.within(row.head)
        word = words.paying.ends(row.head) if rate else ""
        if not word and row.kind != "quality" and words.unit_kind(row.unit) == "money":
            word = words.paid_amounts.ends(stem(words.amounts, row.head))
        if word:
            yield ctx.say(CARD, row, "name", {"word": word})
