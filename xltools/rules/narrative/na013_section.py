"""NA013: a section that every narrative must have is missing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.form.words import shared_words
from xltools.rules.narrative.context import WHOLE, NarrativeContext

CARD = Card(
    code="NA013",
    level="confirm",
    name=Pair("报告缺少规定的部分", "A section is missing"),
    what=Pair(
        "报告是否有规定的各部分（基本情况、自评情况、存在问题、改进措施）。",
        "Whether the narrative has its prescribed sections (the department, the evaluation, problems met, improvements).",
    ),
    why=Pair("缺了一部分，报告就不完整。", "Without one of them it is not complete."),
    basis=Pair(
        "自评报告的写作要求，以本级财政部门下发的附件为准",
        "How a narrative is written; the annexes sent by the bureau count.",
    ),
    says=Pair("没有找到“{part}”这一部分", "the section “{part}” was not found"),
    fix=Pair("请补写这一部分。", "Add the section."),
    example=Pair("没有“存在的主要问题”。", "There is no “存在的主要问题”."),
)
_ENOUGH = 2
_BEGINNING = 40


def find(ctx: NarrativeContext) -> Iterator[Finding]:
    """Yield one finding per section that no heading, and no paragraph's beginning, names."""
    document = ctx.narrative.document
    if sum(h.level in (0, 1) for h in document.headings) < _ENOUGH:
        return
    begun = [p.text if p.heading else p.text[:_BEGINNING] for p in document.paragraphs if p.heading or p.mark]
    sections = _sections(ctx)
    missing = [name for name, heading in sections if not any(heading.search(text) for text in begun)]
    alone = ctx.submission is None
    if alone and not ctx.narrative.read.kind and len(missing) == len(sections):
        return  # a text of another kind, whose title does not say so
    for name in missing:
        yield ctx.say(CARD, WHOLE, {"part": name}, level="notice" if alone else CARD.level)


def _sections(ctx: NarrativeContext) -> list[tuple[str, re.Pattern[str]]]:
    """The sections of the form's own kind of narrative; of another kind those that this kind has."""
    phrases, kind = ctx.narrative.phrases, ctx.narrative.read.kind
    if not phrases.kinds or kind in ("", phrases.kinds[0]):
        return [(part.name, part.heading) for part in phrases.parts]
    return [(s.name, re.compile(s.heading)) for k in shared_words().kind if k.id == kind for s in k.section]
