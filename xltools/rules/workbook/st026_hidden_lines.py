"""ST026: filled cells in rows or columns that were hidden or filtered away."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import EMPTY, Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding, Related
from xltools.findings.texts import cell_runs
from xltools.findings.values import Quoted
from xltools.form.address import Ref
from xltools.rules.context import RuleContext

CARD = Card(
    code="ST026",
    level="notice",
    name=Pair("有内容的行列被隐藏或筛选掉", "Filled rows or columns are hidden"),
    what=Pair(
        "填了内容的行列是否被隐藏，或被筛选掉而看不见；表格自己隐藏的列不算。",
        "Whether filled rows or columns are hidden or filtered away; the form's own hidden columns do not count.",
    ),
    why=Pair(
        "看不见的数照样参加合计和汇总，容易漏看、漏改。",
        "What is not seen is summed up all the same and is easily overlooked.",
    ),
    basis=Pair(
        "填表说明：只填浅黄色单元格；基层报表审核通行做法",
        "The form's instructions: fill in the pale yellow cells only; common practice in reviewing basic-level reports.",
    ),
    says=Pair(
        "工作表{sheet}有 {count} 个有内容的单元格在隐藏或筛选掉的行列里：{cells}",
        "sheet {sheet} has {count} filled cells in hidden or filtered rows or columns: {cells}",
    ),
    fix=Pair("审核已包括这些单元格；请取消隐藏和筛选再看一遍。", "They were checked too; unhide them and look again."),
    example=Pair("“收支情况”第 25 行填了公用经费，该行被隐藏。", "Row 25 holds an amount and is hidden."),
    mended_by_return="restored",
)


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield at most one finding per sheet, at the first such cell."""
    by_sheet: dict[str, list[Ref]] = {}
    for ref in ctx.submission.structure.hidden_cells:
        by_sheet.setdefault(ref.sheet, []).append(ref)
    for sheet, cells in by_sheet.items():
        runs = cell_runs([ref.a1 for ref in sorted(cells, key=lambda ref: (ref.column, ref.row))])
        yield ctx.say(
            CARD,
            cells[0],
            EMPTY,
            {"sheet": Quoted(sheet), "count": len(cells), "cells": runs},
            related=tuple(Related(ref.sheet, ref.a1) for ref in cells[1:20]),
        )
