"""ST018: content on the form's sheets where the form has none."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import EMPTY, Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding, Related
from xltools.findings.texts import cell_runs
from xltools.findings.values import Quoted, Typed
from xltools.form.address import Ref
from xltools.rules.context import RuleContext

CARD = Card(
    code="ST018",
    level="notice",
    name=Pair("表格以外的单元格有内容", "Content outside the form"),
    what=Pair(
        "表格的工作表上，填报格和表格文字以外的单元格有没有内容。",
        "Whether cells of the form's sheets outside its inputs and texts hold anything.",
    ),
    why=Pair(
        "写在表格以外的数字和文字不参加审核和汇总，可能被忽略。",
        "What stands outside the form is neither checked nor summed up and may be overlooked.",
    ),
    basis=Pair(
        "填表说明：只填浅黄色单元格；基层报表审核通行做法",
        "The form's instructions: fill in the pale yellow cells only; common practice in reviewing basic-level reports.",
    ),
    says=Pair(
        "工作表{sheet}的表格以外有 {count} 个单元格有内容：{cells}（如{there}）",
        "sheet {sheet} holds content in {count} cells outside the form: {cells} (such as {there})",
    ),
    fix=Pair("需要报送的请填入表格或写进说明栏；不需要的请删除。", "Move what matters into the form; delete the rest."),
    example=Pair(
        "在“收支情况”右边的空列写了一段计算过程。", "A calculation was written beside the table on “收支情况”."
    ),
    mended_by_return="moved",
)


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield at most one finding per sheet, at the first such cell."""
    by_sheet: dict[str, list[tuple[Ref, object]]] = {}
    for ref, value in ctx.submission.structure.outside:
        by_sheet.setdefault(ref.sheet, []).append((ref, value))
    for sheet, found in by_sheet.items():
        first, value = found[0]
        runs = cell_runs([ref.a1 for ref, _ in sorted(found, key=lambda f: (f[0].column, f[0].row))])
        there = value if isinstance(value, str | int | float | bool) else str(value)
        yield ctx.say(
            CARD,
            first,
            EMPTY,
            {"sheet": Quoted(sheet), "count": len(found), "cells": runs, "there": Typed(there)},
            stated=there,
            related=tuple(Related(ref.sheet, ref.a1) for ref, _ in found[1:20]),
        )
