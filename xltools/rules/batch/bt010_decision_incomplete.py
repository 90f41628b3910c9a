"""BT010: a decision of the coordinator that is incomplete and has no effect."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.rules.batch.context import DecisionLine

CARD = Card(
    code="BT010",
    level="confirm",
    name=Pair("处理意见不完整，没有生效", "A decision is incomplete and has no effect"),
    what=Pair(
        "问题工作簿里的豁免是否写了理由和经办人，处理意见是否为“退回”或“豁免”。",
        "Whether a waiver in the findings workbook has its reason and name, and whether the decision is “退回” or “豁免”.",
    ),
    why=Pair("没有理由和署名的豁免事后说不清。", "A waiver without reason and name cannot be explained later."),
    basis=Pair("处理意见由经办人写明理由并署名", "Decisions are reasoned and signed by whoever makes them."),
    says=Pair(
        "第 {row} 行（{what}）的处理意见{gap}，没有生效", "the decision in row {row} ({what}) {gap} and has no effect"
    ),
    fix=Pair(
        "请在该行补全处理意见、理由和经办人后再审核。", "Complete the decision, its reason and the name in that row."
    ),
    example=Pair("选了“豁免”，没有写理由。", "“豁免” was chosen without a reason."),
)


def find(line: DecisionLine) -> Iterator[Finding]:
    """Yield one finding for a decision that lacks something."""
    if line.gap.zh:
        yield line.say(CARD, {"gap": line.gap})
