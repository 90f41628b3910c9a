"""NA025: more staff than posts."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.rules.narrative.context import NarrativeContext

CARD = Card(
    code="NA025",
    level="confirm",
    name=Pair("报告中的在职人数大于编制数", "More staff than posts"),
    what=Pair(
        "同一段写明的在职人数是否大于编制数（所属单位、编外人员除外）。",
        "Whether the staff told are more than the posts told beside them.",
    ),
    why=Pair("在职人数一般不大于编制数；大于的需要说明。", "Staff are not more than posts without a reason."),
    basis=Pair("在职人数 ≤ 编制数（核实性公式）", "Staff ≤ posts (to be confirmed)."),
    says=Pair("“{there}”大于编制数 {right}", "“{there}” is more than the posts, {right}"),
    fix=Pair("请核对人数和编制；确有超编、挂编的，请写明。", "Check both; say why where it is right."),
    example=Pair(
        "“核定编制 60 人，年末在职人员 65 人”。",
        "“核定编制 60 人，年末在职人员 65 人”.",
    ),
)


def find(ctx: NarrativeContext) -> Iterator[Finding]:
    """Yield one finding per number of staff."""
    for one in ctx.contradictions:
        if one.kind == "staff":
            yield ctx.own(CARD, one, {"there": one.claim.text, "right": one.recomputed})
