"""NA024: words say the opposite of the figures beside them."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.rules.narrative.context import NarrativeContext

CARD = Card(
    code="NA024",
    level="confirm",
    name=Pair("报告的文字与数字相反", "Words that say the opposite of the figures"),
    what=Pair(
        "“决算数大于（小于）预算数”“与预算数持平”“增加……下降……”是否与写明的数字、比率一致。",
        "Whether words such as “more than budgeted”, “as budgeted” or “increased” agree with the figures told.",
    ),
    why=Pair(
        "文字与数字相反，多半是套用模板后没有改。", "Words that contradict the figures mostly come from a template."
    ),
    basis=Pair("报告自身写明的数字", "The figures that the narrative itself states."),
    says=Pair("“{there}”与 {sources} 不符", "“{there}” does not agree with {sources}"),
    fix=Pair("请核对数字，改正文字或数字。", "Check the figures and correct the words or the figure."),
    example=Pair(
        "“年初预算为 7 万元，支出决算为 9 万元。决算数小于预算数的主要原因是……”。",
        "“年初预算为 7 万元，支出决算为 9 万元。决算数小于预算数的主要原因是……”.",
    ),
)


def find(ctx: NarrativeContext) -> Iterator[Finding]:
    """Yield one finding per contradiction."""
    for one in ctx.contradictions:
        if one.reason == "direction":
            yield ctx.own(CARD, one, ctx.of_sources(one))
