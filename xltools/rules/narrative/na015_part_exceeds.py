"""NA015: a part (其中) is larger than its total."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.rules.narrative.context import NarrativeContext

CARD = Card(
    code="NA015",
    level="confirm",
    name=Pair("“其中”大于总数", "A part larger than its total"),
    what=Pair("“N，其中 a”的 a 是否大于 N。", "Whether a in “N, of which a” is larger than N."),
    why=Pair("其中的一部分不会大于总数。", "A part is not larger than its whole."),
    basis=Pair("报告自身写明的数字", "The figures that the narrative itself states."),
    says=Pair("“{part}”大于总数“{total}”", "“{part}” is larger than its total “{total}”"),
    fix=Pair("请核对两个数。", "Check both figures."),
    example=Pair("“离退休 13 人，其中由养老保险基金发放的 31 人”。", "“离退休 13 人，其中由养老保险基金发放的 31 人”."),
)


def find(ctx: NarrativeContext) -> Iterator[Finding]:
    """Yield one finding per part that exceeds the total it is told of."""
    for one in ctx.contradictions:
        if one.kind == "part":
            yield ctx.own(CARD, one, {"part": one.claim.text, "total": one.sources[0].text})
