"""KQ008: the name does not say what is measured."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.findings.values import Typed
from xltools.rules.quality.context import QualityContext
from xltools.rules.quality.names import without

CARD = Card(
    code="KQ008",
    level="notice",
    name=Pair("指标名称看不出量的是什么", "A name that says nothing of what is measured"),
    what=Pair(
        "指标名称是否只有“完成情况”“社会效益”“质量达标”一类的空话。",
        "Whether a name is made of empty words only: “完成情况”, “社会效益”, “质量达标”.",
    ),
    why=Pair(
        "看不出是哪一项工作的什么，完成值就无从核对。",
        "What it is of which task cannot be seen, so the result cannot be checked.",
    ),
    basis=Pair(
        "绩效目标审核通行做法；用词见 workbook_templates/indicators.toml",
        "Common practice in reviewing objectives; the words stand in workbook_templates/indicators.toml.",
    ),
    says=Pair(
        "{label}只写了{there}，看不出量的是什么",
        "{label} is only {there}: what is measured cannot be seen",
    ),
    fix=Pair(
        "请写明是哪项工作、量的是什么，如“道路养护里程”“培训合格率”。",
        "Say which task and what of it is measured: kilometres of road maintained, share of trainees who passed.",
    ),
    example=Pair(
        "指标名称写“工作完成情况”。",
        "A name “工作完成情况”.",
    ),
    since="0.3.0",
)


def find(ctx: QualityContext) -> Iterator[Finding]:
    """Yield one finding per such row; what satisfaction is about is said by its group, and an effect is another rule's."""
    for row in ctx.rows:
        if (
            row.kind == "satisfaction"
            or row.head.isdigit()
            or not row.head
            or ctx.effect(row)
            or ctx.words.usual.ends(row.head)
        ):
            continue
        if not without(ctx.words.empty, row.name):
            yield ctx.say(CARD, row, "name", {"there": Typed(row.given)})
