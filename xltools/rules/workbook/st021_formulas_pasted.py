"""ST021: all or most formulas of a sheet, or of a table, were pasted over with their values."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair, same
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.rules.context import RuleContext

CARD = Card(
    code="ST021",
    level="confirm",
    name=Pair("整张表的公式变成了数值", "A sheet's formulas became values"),
    what=Pair(
        "一张工作表（或其中一个表格）的公式是否全部或大部分被数值覆盖。",
        "Whether all or most formulas of a sheet, or of one of its tables, were pasted over with values.",
    ),
    why=Pair(
        "没有公式的表不再计算也不再校验，之后改动的数不会反映到合计、得分和校验中。",
        "Without formulas nothing is computed or checked any more: later changes reach no total, score or check.",
    ),
    basis=Pair(
        "填表说明：只填浅黄色单元格；基层报表审核通行做法",
        "The form's instructions: fill in the pale yellow cells only; common practice in reviewing basic-level reports.",
    ),
    says=Pair(
        "{label}的 {total} 个公式有 {count} 个变成了数值",
        "{count} of the {total} formulas of {label} became values",
    ),
    fix=Pair(
        "请把填报数填回下发的工作簿（不要整表“粘贴为数值”），或说明原因。",
        "Enter the figures in the workbook that was sent out (do not paste whole sheets as values), or say why.",
    ),
    fix_coordinator=Pair(
        "数值已按公式重算并逐格比较；请部门用退回件重新填报，或说明原因。",
        "Every value was compared with what the formula gives; let the department use the return copy, or say why.",
    ),
    example=Pair(
        "全选复制后“粘贴为数值”，自评总分再改动也不会被公式更正。",
        "All cells were copied and pasted as values; a total typed over them is corrected by no formula.",
    ),
)


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield one finding per sheet (or per table) that lost its formulas, at its first formula cell."""
    for part in ctx.pasted:
        first = min(part.cells, key=lambda ref: (ref.row, ref.column))
        name = ctx.submission.form.table(part.table).label if part.table else part.sheet
        label = same(f"“{name}”")
        yield ctx.say(CARD, ctx.submission.computed[first].ref, label, {"count": len(part.cells), "total": part.total})
