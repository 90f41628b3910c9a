"""VA023: a text that the workbook started with, last year's, is unchanged."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.form.layout import Key
from xltools.intake.cells.written import core
from xltools.rules.context import RuleContext

CARD = Card(
    code="VA023",
    level="confirm",
    name=Pair("文字还是上年的", "A text is still last year's"),
    what=Pair(
        "由上年的工作簿带入、供改写的文字，有没有按本年情况改过（只改空格、换行、标点的不算）。",
        "Whether a text that was brought in from last year's workbook to start from was rewritten; blanks and punctuation "
        "do not count.",
    ),
    why=Pair(
        "上年的工作任务、问题和措施不是本年的，照抄等于没有自评。",
        "Last year's tasks, problems and measures are not this year's.",
    ),
    basis=Pair("上年的工作簿与本年的对照", "Last year's workbook against this year's."),
    says=Pair("{label}还是上年的文字，没有改动", "{label} is last year's text, unchanged"),
    fix=Pair("请按本年情况改写；确实没有变化的，请说明。", "Rewrite it for this year, or say why nothing changed."),
    example=Pair("“存在的主要问题”与上年一字不差。", "The problems met are word for word last year's."),
    since="0.4.0",
)


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield one finding per such text."""
    for name, text in ctx.submission.last_years_texts.items():
        reading = ctx.submission.readings.get(Key(name))
        if reading is not None and core(str(reading.raw)) == core(text):
            yield ctx.say(CARD, reading.ref, ctx.label(reading.key), stated=reading.raw)
