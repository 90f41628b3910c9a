"""ST024: labels, titles, help or rule texts were changed."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import EMPTY, Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding, Related
from xltools.findings.texts import cell_runs
from xltools.findings.values import Quoted, Typed
from xltools.rules.context import RuleContext
from xltools.rules.workbook.locked import Altered, altered

CARD = Card(
    code="ST024",
    level="notice",
    name=Pair("表内的标签或说明文字被改动", "Labels or help texts were changed"),
    what=Pair(
        "标题、标签、填表说明和审核公式的文字是否与下发的一致。",
        "Whether titles, labels, help and the texts of rules are those that were sent out.",
    ),
    why=Pair("文字被改的表格，别人看到的要求可能不同。", "Whoever reads a changed text may read another requirement."),
    basis=Pair(
        "填表说明：只填浅黄色单元格；表格内容以本级财政部门下发的为准",
        "The form's instructions: fill in the pale yellow cells only; the form is what the finance department sent out.",
    ),
    says=Pair(
        "工作表{sheet}有 {count} 处文字与下发的不同：{cells}（如 {there}）",
        "{count} texts on sheet {sheet} differ from those sent out: {cells} (such as {there})",
    ),
    fix=Pair("不影响审核；请不要改动表内文字。", "The check is not affected."),
    example=Pair("“本年收入合计”的标签被改成“收入小计”。", "The label of a total was changed."),
    mended_by_return="restored",
)


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield at most one finding per sheet, at the first such cell."""
    by_sheet: dict[str, list[Altered]] = {}
    for cell in altered(ctx, "words"):
        by_sheet.setdefault(cell.ref.sheet, []).append(cell)
    for sheet, cells in by_sheet.items():
        first = cells[0]
        yield ctx.say(
            CARD,
            first.ref,
            EMPTY,
            {
                "sheet": Quoted(sheet),
                "count": len(cells),
                "cells": cell_runs([c.ref.a1 for c in sorted(cells, key=lambda c: (c.ref.column, c.ref.row))]),
                "there": Typed(first.there),
            },
            stated=first.there,
            expected=first.right,
            related=tuple(Related(c.ref.sheet, c.ref.a1) for c in cells[1:20]),
        )
