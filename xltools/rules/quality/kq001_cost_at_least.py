"""KQ001: a cost indicator whose direction is “at least”."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.findings.values import Value
from xltools.rules.quality.context import QualityContext

CARD = Card(
    code="KQ001",
    level="confirm",
    name=Pair("成本指标方向写成“≥”", "A cost that should be at least so much"),
    what=Pair(
        "成本、造价、单价、费用一类的指标，方向是否写成了“≥”。",
        "Whether an indicator of cost, price or expense has the direction “at least”.",
    ),
    why=Pair(
        "成本越低越好，写成“≥”等于花得越多得分越高。",
        "The lower a cost the better; with “at least”, spending more scores more.",
    ),
    basis=Pair(
        "绩效目标审核通行做法；用词见 workbook_templates/indicators.toml",
        "Common practice in reviewing objectives; the words stand in workbook_templates/indicators.toml.",
    ),
    says=Pair(
        "{label}是“{sign}”，而“{word}”越低越好",
        "{label} is “{sign}”, but the lower “{word}” the better",
    ),
    fix=Pair(
        "请改为“≤”，目标值写成本上限；确属越高越好的请说明。",
        "Make it “at most” with the upper limit as its target, or explain why more is better.",
    ),
    example=Pair(
        "“设备采购单价 ≥ 5200 元”。",
        "“设备采购单价 ≥ 5200 元”.",
    ),
    since="0.3.0",
)


_END = 8
"""So many characters at a name's end say what its money is for."""


def find(ctx: QualityContext) -> Iterator[Finding]:
    """Yield one finding per such row: 核实 where the name ends with a cost, 提示 where it is a fee or its group says so."""
    for row in ctx.rows:
        ends = ctx.words.cost.ends(row.head)
        if row.direction != "at_least" or ctx.words.cost_saved.within(row.head[-_END:].removesuffix(ends)):
            continue
        in_money = ctx.words.unit_kind(row.unit.partition("/")[0]) == "money"
        if (ends and in_money) or (row.kind == "cost" and in_money):
            values: dict[str, Value] = {"sign": row.sign, "word": ends or row.group}
            yield ctx.say(CARD, row, "direction", values, level="confirm" if len(ends) > 1 else "notice")
