"""NA010: the narrative is of another year, in its title or where it tells this year's figures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xltools.bilingual import EMPTY, Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.findings.values import Value
from xltools.form.model import Level
from xltools.intake.narrative.facts.numbers import SCALES
from xltools.intake.narrative.figures import Figure, recognised
from xltools.intake.narrative.mentions import Sentence
from xltools.rules.narrative.context import TITLE, NarrativeContext, says_the_same

CARD = Card(
    code="NA010",
    level="error",
    name=Pair("报告的年度写错", "Another year"),
    what=Pair(
        "报告题目、附表题目的年度是否是被评价的年度；写着别的年度的句子，其数字是否正是本年度的数字。",
        "Whether the titles name the year evaluated, and whether a sentence of another year tells this very year's figures.",
    ),
    why=Pair(
        "沿用上年的报告时，年度常常忘了改。说明以前年度情况的句子不在此列。",
        "Where last year's narrative was taken up, the year is often forgotten. Sentences about earlier years are not meant.",
    ),
    basis=Pair("工作簿的年度", "The workbook's year."),
    says=Pair("写作“{there}年”，应为 {right} 年{why}", "says {there}, should be {right}{why}"),
    fix=Pair("请改正年度。", "Correct the year."),
    example=Pair(
        "评价 2023 年度，题目写“2022 年度……自评报告”。",
        "The year evaluated is 2023, the title says “2022年度……自评报告”.",
    ),
)
_YEAR = re.compile(r"((?:19|20)\d{2})年")
_ABOUT = re.compile(r"整体支出绩效|自评(?:报告|评分表|表)")
_FEW = 3

_THIS_YEARS = Pair("（句中的数字正是本年度的）", " (the figures are this year's)")


def find(ctx: NarrativeContext) -> Iterator[Finding]:
    """Yield findings for the titles, then for sentences that tell this year's figures as another year's."""
    year = ctx.year
    if ctx.submission is None:
        return
    for paragraph in ctx.paragraphs():
        if (
            paragraph.heading
            or len(paragraph.text) > 60
            or paragraph.text[-1] in "。；"
            or not _ABOUT.search(paragraph.text)
        ):
            continue
        found = _YEAR.search(paragraph.text)
        if found and int(found.group(1)) != year:
            yield _say(ctx, paragraph.place, int(found.group(1)), year)
    title = ctx.narrative.title
    found = _YEAR.search(title)
    lines = [p.text for p in ctx.narrative.document.paragraphs[:6]]
    if found and int(found.group(1)) != year and not any(_ABOUT.search(t) and _YEAR.search(t) for t in lines):
        yield _say(ctx, TITLE, int(found.group(1)), year)
    for sentence in ctx.narrative.sentences:
        yield from _told_as_another(ctx, sentence, year)


def _told_as_another(ctx: NarrativeContext, sentence: Sentence, year: int) -> Iterator[Finding]:
    others = {m.year for m in sentence.mentions if isinstance(m.year, int) and m.year != year}
    for other in sorted(others):
        mine = [m for m in sentence.mentions if m.year == other]
        figures = [f for m, f in recognised(sentence.mentions, ctx.narrative.phrases, other).items() if m in mine]
        if figures and all(_is_this_years(ctx, f) for f in figures) and _telling(figures):
            yield _say(ctx, sentence.paragraph.place, other, year, _THIS_YEARS)


def _is_this_years(ctx: NarrativeContext, figure: Figure) -> bool:
    from xltools.intake.narrative.reading import statement_of

    value = ctx.workbook_value(figure.key)
    return isinstance(value, int | float) and says_the_same(statement_of(figure), value)


def _telling(figures: list[Figure]) -> bool:
    """True when so many or such particular figures cannot be another year's by chance."""
    if any(f.mention.unit in SCALES and len(re.sub(r"\D", "", f.mention.raw).strip("0")) >= 4 for f in figures):
        return True
    return len([f for f in figures if f.value]) >= _FEW


def _say(ctx: NarrativeContext, place: str | Pair, there: int, right: int, why: Pair = EMPTY) -> Finding:
    level: Level = CARD.level if why is EMPTY else "confirm"
    values: dict[str, Value] = {"there": there, "right": right, "why": why}
    return ctx.say(CARD, place, values, level=level, stated=there, expected=right)
