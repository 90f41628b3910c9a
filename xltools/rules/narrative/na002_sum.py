"""NA002: the parts that a text lists under a total do not add up to it."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.rules.narrative.context import NarrativeContext

CARD = Card(
    code="NA002",
    level="confirm",
    name=Pair("报告中列出的各项之和不等于合计", "The parts listed do not add up to the total stated"),
    what=Pair(
        "合计与其下各项（“其中”“分别为”“包括”、编号分列的各段）之和是否相等，每个数按写出的位数容许半个单位的误差；没有说全的列举只看不超过总数。",
        "Whether a total is the sum of the parts listed under it (in a sentence or over numbered paragraphs), each figure off by at most half a unit of its last digit; a list that is surely not whole is left alone.",
    ),
    why=Pair(
        "合计与分项不等，说明有一个数写错或漏列了一项。",
        "Where total and parts differ, a figure is wrong or a part is missing.",
    ),
    basis=Pair("报告自身写明的数字", "The figures that the narrative itself states."),
    says=Pair("“{total}”下列出 {count} 项，合计 {sum}", "“{total}” is made up of {count} parts that add up to {sum}"),
    fix=Pair(
        "请逐项核对，补上漏列的项目或改正写错的数。",
        "Check each part; add what is missing or correct the wrong figure.",
    ),
    example=Pair(
        "“支出总额 2180.24 万元，分别为基本支出 1900.21 万元，项目支出 380.03 万元”，两项之和是 2280.24。",
        "“支出总额 2180.24 万元，分别为基本支出 1900.21 万元，项目支出 380.03 万元”: the parts add up to 2280.24.",
    ),
)


def find(ctx: NarrativeContext) -> Iterator[Finding]:
    """Yield one finding per list that does not add up."""
    for one in ctx.contradictions:
        if one.kind == "sum":
            yield ctx.own(CARD, one, {"total": one.claim.text, "count": len(one.sources) - 1, "sum": one.recomputed})
