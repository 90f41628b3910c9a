"""ST002: a computed cell was replaced by a constant that agrees with the formula."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.rules.context import RuleContext
from xltools.rules.workbook.altered import agrees

CARD = Card(
    code="ST002",
    level="notice",
    name="计算格被改成数值（与公式结果相符）",
    name_en="A computed cell holds a constant that agrees",
    what="灰色计算格里的公式是否被数值覆盖，虽然数值目前相符。",
    why="公式没有了，以后改动填报数时结果不会跟着变。",
    basis="填表说明：只填浅黄色单元格；基层报表审核通行做法",
    fix="数值无误，可不退回；如需继续修改，请先恢复公式。",
    fix_en="The value is right; restore the formula before changing anything.",
    example="“自评总分”的公式被粘贴成数值 96.20，公式结果也是 96.20。",
    says="{label}的公式{what}",
    says_en="the formula of {label} {what}",
)

_WHAT = {
    "zh": ("被数值覆盖，数值与公式结果相符", "被清空（按现有填报数，结果也是空）"),
    "en": ("was replaced by its value, which agrees", "was deleted (with these figures it would be empty anyway)"),
}


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield one finding per formula cell whose constant says what the formula would."""
    for ref, found, result in ctx.altered:
        shown = agrees(found.cached, ctx.values.get(ref)) or agrees(found.cached, ctx.live.get(ref))
        if result not in ("constant", "deleted") or not shown:
            continue
        key = ctx.submission.layout.by_cell[ref].key
        label = ctx.label(key) if key is not None else ctx.cell_label(ref)
        what = _WHAT[ctx.lang][result == "deleted"]
        yield ctx.say(CARD, found.ref, label, stated=found.cached, expected=ctx.values.get(ref), what=what)
