"""VA025: one text stands in two places that ask for different things."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding, Related
from xltools.intake.submission import Reading
from xltools.rules.context import RuleContext

CARD = Card(
    code="VA025",
    level="notice",
    name=Pair("两处文字一字不差", "The same text in two places"),
    what=Pair(
        "成段的文字是否与本工作簿另一处一字不差（标点、空格不算），如完成情况照抄预期目标，改进措施照抄存在问题。",
        "Whether a long text is that of another place word for word: results that copy the objective, measures that copy the problems.",
    ),
    why=Pair(
        "两处问的是两件事，照抄的一处等于没有填写。",
        "The two places ask for different things; the copied one answers nothing.",
    ),
    basis=Pair("绩效自评材料审核通行做法", "Common practice in reviewing self-evaluations."),
    says=Pair("{label}与 {cell} {other}一字不差", "{label} is word for word the text of {cell} {other}"),
    fix=Pair("请按各处所问的内容改写。", "Answer what each place asks."),
    example=Pair("“实际完成情况”照抄了“预期目标”。", "The results repeat the objective."),
    since="0.4.0",
)
_LEAST = 12
"""Characters below which two places may well say the same."""


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield one finding at the second of two places."""
    first: dict[str, Reading] = {}
    for reading in ctx.own:
        if reading.item.type != "longtext" or reading.key.row >= 0 or not isinstance(reading.raw, str):
            continue
        text = "".join(filter(str.isalnum, reading.raw))
        other = first.setdefault(text, reading) if len(text) >= _LEAST else reading
        if other is not reading:
            sheet, cell, label = other.ref.sheet, other.ref.a1, ctx.label(other.key)
            place = cell if sheet == reading.ref.sheet else f"{sheet} {cell}"
            yield ctx.say(
                CARD,
                reading.ref,
                ctx.label(reading.key),
                {"cell": place, "other": Pair(f"“{label.zh}”", f"({label.en})")},
                stated=reading.raw,
                related=(Related(sheet, cell, label),),
            )
