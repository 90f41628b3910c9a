"""ST028: the columns that the bureau fills hold something."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import EMPTY, Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding, Related
from xltools.findings.texts import cell_runs
from xltools.findings.values import Quoted, Typed
from xltools.form import model as m
from xltools.intake.submission import Reading
from xltools.rules.context import RuleContext

CARD = Card(
    code="ST028",
    level="notice",
    name=Pair("财政部门填写的栏里有内容", "The bureau's own columns are filled"),
    what=Pair(
        "由财政部门填写的栏（如复核得分、复核意见）里有没有内容。",
        "Whether the columns that the bureau fills (its score, its opinion) hold anything.",
    ),
    why=Pair(
        "复核得分会进入汇总；部门自己填的不能当作财政部门的复核结果。",
        "The bureau's score goes into the summary; a department's own entry is no review.",
    ),
    basis=Pair(
        "填表说明：只填浅黄色单元格；基层报表审核通行做法",
        "The form's instructions: fill in the pale yellow cells only; common practice in reviewing basic-level reports.",
    ),
    says=Pair(
        "工作表{sheet}由财政部门填写的栏里有 {count} 格已填：{cells}（如 {there}）",
        "on sheet {sheet} {count} cells of the bureau's own columns are filled: {cells} (such as {there})",
    ),
    fix=Pair("部门不用填这些栏。", "The department leaves them empty."),
    fix_coordinator=Pair(
        "财政部门复核时填的，不用理会；部门填的不作复核结果。",
        "If the bureau filled them in its review, ignore this; a department's entry is no review.",
    ),
    example=Pair("部门在“财政复核得分”栏填了 5 分。", "The department typed 5 into the bureau's score."),
    mended_by_return="moved",
)


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield at most one finding per sheet, at the first such cell."""
    by_sheet: dict[str, list[Reading]] = {}
    for reading in ctx.own:
        if isinstance(reading.item, m.Column) and reading.item.bureau:
            by_sheet.setdefault(reading.ref.sheet, []).append(reading)
    for sheet, found in by_sheet.items():
        first = found[0]
        runs = cell_runs([r.ref.a1 for r in sorted(found, key=lambda r: (r.ref.column, r.ref.row))])
        yield ctx.say(
            CARD,
            first.ref,
            EMPTY,
            {"sheet": Quoted(sheet), "count": len(found), "cells": runs, "there": Typed(first.raw)},
            stated=first.raw,
            related=tuple(Related(r.ref.sheet, r.ref.a1) for r in found[1:20]),
        )
