"""ST002: a computed cell was replaced by a constant that agrees with the formula."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.rules.context import RuleContext
from xltools.rules.workbook.altered import agrees

CARD = Card(
    code="ST002",
    level="notice",
    name=Pair("计算格被改成数值（与公式结果相符）", "A computed cell holds a constant that agrees"),
    what=Pair(
        "灰色计算格里的公式是否被数值覆盖，虽然数值目前相符。",
        "Whether the formula of a grey computed cell was overwritten by a value that agrees for now.",
    ),
    why=Pair(
        "公式没有了，以后改动填报数时结果不会跟着变。",
        "Without its formula the result does not follow when an input changes.",
    ),
    basis=Pair(
        "填表说明：只填浅黄色单元格；基层报表审核通行做法",
        "The form's instructions: fill in the pale yellow cells only; common practice in reviewing basic-level reports.",
    ),
    says=Pair("{label}的公式{what}", "the formula of {label} {what}"),
    fix=Pair(
        "数值无误，可不退回；如需继续修改，请先恢复公式。",
        "The value is right; restore the formula before changing anything.",
    ),
    example=Pair(
        "“自评总分”的公式被粘贴成数值 96.20，公式结果也是 96.20。",
        "The formula of the total score was pasted over with 96.20, which the formula gives as well.",
    ),
)

_REPLACED = Pair("被数值覆盖，数值与公式结果相符", "was replaced by its value, which agrees")
_DELETED = Pair("被清空（按现有填报数，结果也是空）", "was deleted (with these figures it would be empty anyway)")


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield one finding per formula cell whose constant says what the formula would."""
    if ctx.submission.lacks:
        return
    for ref, found, result in ctx.altered:
        if ref in ctx.told_once:
            continue
        shown = agrees(found.cached, ctx.values.get(ref)) or agrees(found.cached, ctx.live.get(ref))
        if result not in ("constant", "deleted") or not shown:
            continue
        key = ctx.submission.layout.by_cell[ref].key
        label = ctx.label(key) if key is not None else ctx.cell_label(ref)
        what = _DELETED if result == "deleted" else _REPLACED
        yield ctx.say(CARD, found.ref, label, {"what": what}, stated=found.cached, expected=ctx.values.get(ref))
