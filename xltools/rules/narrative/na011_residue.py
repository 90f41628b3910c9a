"""NA011: residue of the template is left in the text."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.findings.values import Quoted
from xltools.rules.narrative.context import NarrativeContext

CARD = Card(
    code="NA011",
    level="notice",
    name=Pair("模板的提示文字没有删去", "Residue of the template"),
    what=Pair(
        "报告中是否还留着模板的提示（“（200字以内）”“下降（增长）”“错误!未定义书签。”“【请补充……】”等）。",
        "Whether hints of the template are left (“（200字以内）”, “下降（增长）”, “错误!未定义书签。”, “【请补充……】”).",
    ),
    why=Pair(
        "留着提示，说明这一处没有写完或没有选定。",
        "A hint that stayed means that the place was not finished or not decided.",
    ),
    basis=Pair("自评报告的写作要求", "How a narrative is written."),
    says=Pair("留有模板的提示文字{there}", "the template's own words are left: {there}"),
    fix=Pair("请补写或删去。", "Write what is missing or delete it."),
    example=Pair("“比上年下降（增长）5%”。", "“比上年下降（增长）5%”."),
)


def find(ctx: NarrativeContext) -> Iterator[Finding]:
    """Yield one finding per paragraph and kind of residue."""
    phrases = ctx.narrative.phrases
    told: set[str] = set()
    for paragraph in ctx.paragraphs():
        found = [m.group() for pattern in phrases.residue if (m := pattern.search(paragraph.text))]
        start = paragraph.text.find(phrases.placeholder) if phrases.placeholder else -1
        if start >= 0:
            found.append(paragraph.text[start:].partition("】")[0] + "】")
        for text in found:
            told.add(paragraph.place)
            yield ctx.say(CARD, paragraph.place, {"there": Quoted(text)}, stated=text)
    for shape in ctx.shapes:
        if shape.kind == "residue" and ctx.passages[shape.passage].place not in told:
            yield ctx.shaped(CARD, shape)
