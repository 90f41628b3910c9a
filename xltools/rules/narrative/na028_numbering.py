"""NA028: the numbers of sections skip one or repeat one."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.rules.narrative.context import NarrativeContext

CARD = Card(
    code="NA028",
    level="notice",
    name=Pair("章节序号跳号或重号", "Section numbers that skip or repeat"),
    what=Pair(
        "“一、二、四”这样的跳号，“二、二”这样的重号。",
        "Numbers of sections that leave one out (一、二、四) or come twice (二、二).",
    ),
    why=Pair(
        "跳号说明可能漏了一部分，重号说明拼接后没有整理。",
        "One left out may be a section that is missing; one that comes twice was put together from pieces.",
    ),
    basis=Pair("自评报告的写作要求", "How a narrative is written."),
    says=Pair("序号与前文不连续：{there}", "the number does not follow the one before: {there}"),
    fix=Pair("请核对是否漏了内容，并改正序号。", "See whether a section is missing and correct the number."),
    example=Pair(
        "“一、概况”“二、收支”“四、问题”。",
        "“一、概况”, “二、收支”, “四、问题”.",
    ),
)


def find(ctx: NarrativeContext) -> Iterator[Finding]:
    """Yield one finding per heading."""
    for shape in ctx.shapes:
        if shape.kind == "numbering":
            yield ctx.shaped(CARD, shape)
