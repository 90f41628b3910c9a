"""ST001: a computed cell was replaced by a constant that disagrees, or emptied."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.findings.values import Figure
from xltools.rules.context import RuleContext
from xltools.rules.workbook.altered import agrees

CARD = Card(
    code="ST001",
    level="error",
    name=Pair("计算格被改成数值且与公式结果不符", "A computed cell holds a constant that disagrees"),
    what=Pair(
        "灰色计算格里是否仍是公式；如果被数值覆盖或清空，数值与公式结果是否一致。",
        "Whether each grey computed cell still holds its formula and, where it was overwritten or emptied, whether the value agrees with what the formula gives.",
    ),
    why=Pair(
        "得分、合计等由公式计算，手工改数会使结果失真，而且不再随填报数变化。",
        "Scores and totals are computed; a figure typed over them is wrong and no longer follows the inputs.",
    ),
    basis=Pair(
        "填表说明：只填浅黄色单元格；基层报表审核通行做法",
        "The form's instructions: fill in the pale yellow cells only; common practice in reviewing basic-level reports.",
    ),
    says=Pair(
        "{label}的公式被覆盖：现为 {there}，按公式应为 {right}",
        "the formula of {label} was overwritten: it holds {there}, the formula gives {right}",
    ),
    fix=Pair(
        "请恢复公式（从下发的空白表复制该单元格），不要手工填写灰色单元格。",
        "Restore the formula (copy the cell from the blank workbook); do not type into grey cells.",
    ),
    example=Pair(
        "“自评总分”公式得 96.20，被改成 98.00。", "The formula of the total score gives 96.20; it was changed to 98.00."
    ),
    may_lead="confirm",
)


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield one finding per formula cell whose constant differs from what the formula gives."""
    if ctx.submission.lacks and ctx.still_blank:
        return
    for ref, found, result in ctx.altered:
        computed = ctx.values.get(ref)
        if result not in ("constant", "deleted") or agrees(found.cached, computed):
            continue
        if agrees(found.cached, ctx.live.get(ref)):
            continue
        if ctx.submission.lacks and found.cached == 0 and not isinstance(computed, int | float):
            continue  # such a format may give 0 for a formula that shows a text, or nothing
        slot = ctx.submission.layout.by_cell[ref]
        label = ctx.label(slot.key) if slot.key is not None else ctx.cell_label(ref)
        item = slot.item
        decimals, unit = (item.decimals, item.unit) if item is not None else (2, "")
        gap = None
        if isinstance(found.cached, int | float) and isinstance(computed, int | float):
            gap = round(found.cached - computed, 6)
        yield ctx.say(
            CARD,
            found.ref,
            label,
            {"there": Figure(found.cached, decimals, unit), "right": Figure(computed, decimals, unit)},
            stated=found.cached,
            expected=computed,
            difference=gap,
        )
