"""NA015: a part (其中) is larger than its total."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.intake.narrative.mentions import SCALES, Mention
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
_OTHER = re.compile(r"累计|目标|计划|增加|减少|增长|下降|预算|总投资|历年|以来")


def find(ctx: NarrativeContext) -> Iterator[Finding]:
    """Yield one finding per part that exceeds the total it is told of."""
    for sentence in ctx.narrative.sentences:
        for mention in sentence.mentions:
            head = mention.head
            if head is None or mention.exhaustive or not _comparable(ctx, head, mention) or {head, mention} & ctx.wrong:
                continue
            scale = SCALES.get(mention.unit, 0) - SCALES.get(head.unit, 0)
            if mention.value.scaleb(scale) > head.value + head.half:
                yield ctx.say(
                    CARD,
                    sentence.paragraph.place,
                    {"part": f"{mention.before[-12:]}{mention.raw}", "total": f"{head.before[-12:]}{head.raw}"},
                    stated=float(mention.value),
                    expected=float(head.value),
                )


def _comparable(ctx: NarrativeContext, head: Mention, part: Mention) -> bool:
    """True for two plain numbers of one unit: both fields of the form, or both heads counted."""
    if not (head.exact and part.exact) or head.after or part.after or part.year != head.year:
        return False
    if _OTHER.search(head.before) or _OTHER.search(part.before):
        return False
    known = head in ctx.narrative.figures and part in ctx.narrative.figures
    if known:
        return head.unit == part.unit or (head.unit in SCALES and part.unit in SCALES)
    return head.unit == part.unit == "人"
