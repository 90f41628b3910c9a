"""NA010: the narrative is of another year, in its title or where it tells this year's figures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.form.layout import Key
from xltools.intake.narrative.figures import Figure, recognised
from xltools.intake.narrative.mentions import SCALES, Sentence
from xltools.rules.narrative.context import NarrativeContext, agrees

CARD = Card(
    code="NA010",
    level="error",
    name="报告的年度写错",
    name_en="Another year",
    what="报告题目、附表题目的年度是否是被评价的年度；写着别的年度的句子，其数字是否正是本年度的数字。",
    why="沿用上年的报告时，年度常常忘了改。说明以前年度情况的句子不在此列。",
    basis="工作簿的年度",
    fix="请改正年度。",
    fix_en="Correct the year.",
    example="评价 2023 年度，题目写“2022 年度……自评报告”。",
    says="写作“{there}年”，应为 {right} 年{why}",
    says_en="says {there}, should be {right}{why}",
)
_YEAR = re.compile(r"((?:19|20)\d{2})年")
_ABOUT = re.compile(r"整体支出绩效|自评(?:报告|评分表|表)")
_FEW = 3


def find(ctx: NarrativeContext) -> Iterator[Finding]:
    """Yield findings for the titles, then for sentences that tell this year's figures as another year's."""
    year = report_year(ctx)
    if ctx.submission is None or year is None:
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
            yield _say(ctx, paragraph.place, int(found.group(1)), year, "")
    title = ctx.narrative.title
    found = _YEAR.search(title)
    lines = [p.text for p in ctx.narrative.document.paragraphs[:6]]
    if found and int(found.group(1)) != year and not any(_ABOUT.search(t) and _YEAR.search(t) for t in lines):
        yield _say(ctx, "题目" if ctx.lang == "zh" else "title", int(found.group(1)), year, "")
    for sentence in ctx.narrative.sentences:
        yield from _told_as_another(ctx, sentence, year)


def report_year(ctx: NarrativeContext) -> int | None:
    """The year that is evaluated, as the workbook says."""
    for item in ctx.form.fields:
        if item.type == "year":
            value = ctx.workbook_value(Key(item.name))
            return int(value) if isinstance(value, int | float) else ctx.form.year
    return ctx.form.year


def _told_as_another(ctx: NarrativeContext, sentence: Sentence, year: int) -> Iterator[Finding]:
    others = {m.year for m in sentence.mentions if isinstance(m.year, int) and m.year != year}
    for other in sorted(others):
        mine = [m for m in sentence.mentions if m.year == other]
        figures = [f for m, f in recognised(sentence.mentions, ctx.narrative.phrases, other).items() if m in mine]
        if figures and all(_is_this_years(ctx, f) for f in figures) and _telling(figures):
            why = "（句中的数字正是本年度的）" if ctx.lang == "zh" else " (the figures are this year's)"
            yield _say(ctx, sentence.paragraph.place, other, year, why, level_confirm=True)


def _is_this_years(ctx: NarrativeContext, figure: Figure) -> bool:
    from xltools.intake.narrative.reading import statement_of

    value = ctx.workbook_value(figure.key)
    return isinstance(value, int | float) and agrees(statement_of(figure), value)


def _telling(figures: list[Figure]) -> bool:
    """True when so many or such particular figures cannot be another year's by chance."""
    if any(f.mention.unit in SCALES and len(re.sub(r"\D", "", f.mention.raw).strip("0")) >= 4 for f in figures):
        return True
    return len([f for f in figures if f.value]) >= _FEW


def _say(ctx: NarrativeContext, place: str, there: int, right: int, why: str, level_confirm: bool = False) -> Finding:
    level = "confirm" if level_confirm else CARD.level
    return ctx.say(CARD, place, level=level, stated=there, expected=right, there=there, right=right, why=why)
