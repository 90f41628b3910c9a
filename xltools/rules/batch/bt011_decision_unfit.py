"""BT011: a decision of the coordinator that fits nothing any more."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.rules.batch.context import DecisionLine

CARD = Card(
    code="BT011",
    level="notice",
    name=Pair("处理意见对应的问题已不存在", "A decision fits nothing any more"),
    what=Pair("上次的处理意见是否还能对上本次的问题。", "Whether the last decisions still fit findings of this run."),
    why=Pair(
        "问题已改正，或单元格里的数已变动：变动后的数要重新决定。",
        "The finding was corrected, or the figure changed: a changed figure is decided anew.",
    ),
    basis=Pair("处理意见由经办人写明理由并署名", "Decisions are reasoned and signed by whoever makes them."),
    says=Pair(
        "第 {row} 行（{what}）的“{verdict}”对不上本次的任何问题",
        "the decision “{verdict}” in row {row} ({what}) fits no finding of this run",
    ),
    fix=Pair(
        "已改正的不用处理；数有变动的请看本次的问题，重新决定。",
        "Nothing to do where it was corrected; where the figure changed, decide anew.",
    ),
    example=Pair("豁免的单元格后来又改了数。", "The waived cell was changed again."),
)


def find(line: DecisionLine) -> Iterator[Finding]:
    """Yield one finding for a whole decision that met none of this run's findings."""
    if not line.gap.zh and not line.met:
        yield line.say(CARD, {"verdict": line.verdict})
