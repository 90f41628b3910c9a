"""BT012: an opening figure that is not last year's closing one."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.rules.batch.context import AgainstLastYear, at_figure

CARD = Card(
    code="BT012",
    level="confirm",
    name=Pair("年初数不等于上年年末数", "The opening figure is not last year's closing one"),
    what=Pair(
        "本年的年初结转等是否等于上年工作簿里的年末数。",
        "Whether this year's opening figures are the closing ones of last year's workbook.",
    ),
    why=Pair("年初数由上年决算结转而来，两年应当衔接。", "They are carried over from last year's accounts."),
    basis=Pair("上年的工作簿与本年的对照", "Last year's workbook against this year's."),
    says=Pair("{label}为 {there}，上年年末为 {right}", "{label} is {there}, last year closed with {right}"),
    fix=Pair(
        "请核对两年的决算；有追溯调整的，请说明。", "Compare both years' accounts; say so if the figure was restated."
    ),
    example=Pair(
        "上年年末结转和结余 60.00，本年年初填成 50.00。",
        "60.00 at the end of last year, 50.00 at the beginning of this.",
    ),
)


def find(ctx: AgainstLastYear) -> Iterator[Finding]:
    """Yield one finding per figure carried over that is another one this year."""
    if ctx.checked.traits is None or ctx.last.traits is None:
        return
    for name, own in ctx.checked.traits.opening.items():
        closing = ctx.last.traits.closing.get(name)
        if closing is not None and own.differs_from(closing):
            yield at_figure(ctx.checked, CARD, own, closing)
