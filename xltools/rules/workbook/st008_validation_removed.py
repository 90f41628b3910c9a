"""ST008: a drop-down or an input limit of the template was removed."""

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
    code="ST008",
    level="notice",
    name=Pair("下拉列表或填写限制被取消", "A drop-down or an input limit was removed"),
    what=Pair(
        "填报格的下拉列表和填写限制（数字、范围、字数）是否仍在。",
        "Whether the drop-downs and limits (numbers, ranges, lengths) of the inputs are still there.",
    ),
    why=Pair(
        "没有下拉和限制，容易填进列表以外的写法或带文字的数字；粘贴整块单元格常会把它们覆盖掉。",
        "Without them other spellings and numbers with words slip in; pasting whole cells often overwrites them.",
    ),
    basis=Pair(
        "填表说明：只填浅黄色单元格；基层报表审核通行做法",
        "The form's instructions: fill in the pale yellow cells only; common practice in reviewing basic-level reports.",
    ),
    says=Pair(
        "工作表{sheet}有 {count} 个填报格的下拉列表或填写限制被取消：{cells}",
        "sheet {sheet}: the drop-down or limit of {count} input cells is gone: {cells}",
    ),
    fix=Pair("不影响本次审核；粘贴时请用“选择性粘贴—数值”。", "This check is not affected; paste values only."),
    example=Pair(
        "把别的表整块粘贴进“绩效指标”，“方向”的下拉列表没有了。",
        "A block pasted from another sheet removed the drop-down of the direction.",
    ),
    mended_by_return="restored",
)


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield at most one finding per sheet, at the first cell that lost its limit."""
    by_sheet: dict[str, list[Ref]] = {}
    for ref in ctx.submission.structure.lost_validations:
        by_sheet.setdefault(ref.sheet, []).append(ref)
    for sheet, refs in by_sheet.items():
        refs.sort(key=lambda r: (r.column, r.row))
        yield ctx.say(
            CARD,
            refs[0],
            EMPTY,
            {"sheet": Quoted(sheet), "count": len(refs), "cells": cell_runs([r.a1 for r in refs])},
            related=tuple(Related(r.sheet, r.a1) for r in refs[1:20]),
        )
