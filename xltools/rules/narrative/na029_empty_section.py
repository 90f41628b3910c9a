"""NA029: a heading has nothing under it."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.rules.narrative.context import NarrativeContext

CARD = Card(
    code="NA029",
    level="notice",
    name=Pair("标题下没有内容", "A heading with nothing under it"),
    what=Pair(
        "标题后面是否直接是同级或更高一级的标题（目录除外）。",
        "Whether a heading is followed at once by one of its level or above (a table of contents apart).",
    ),
    why=Pair("留着空标题，说明这一部分没有写。", "An empty heading shows that a section was not written."),
    basis=Pair("自评报告的写作要求", "How a narrative is written."),
    says=Pair("标题下没有内容：{there}", "nothing stands under the heading {there}"),
    fix=Pair("请补写；没有的，写“无”或删去标题。", "Write it; where there is nothing, say so or delete the heading."),
    example=Pair(
        "“（四）整改情况”后面直接是“二、自评工作”。",
        "“（四）整改情况” followed at once by “二、自评工作”.",
    ),
)


def find(ctx: NarrativeContext) -> Iterator[Finding]:
    """Yield one finding per heading."""
    for shape in ctx.shapes:
        if shape.kind == "empty":
            yield ctx.shaped(CARD, shape)
