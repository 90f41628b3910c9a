"""ST004: formulas without computed values, or a workbook that was never recalculated."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import EMPTY, Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.rules.context import RuleContext
from xltools.rules.workbook.altered import agrees

CARD = Card(
    code="ST004",
    level="notice",
    name=Pair("工作簿没有重新计算过", "The workbook was never recalculated"),
    what=Pair(
        "公式单元格里有没有计算结果，是不是仍停在空白表的结果。",
        "Whether the formula cells carry results, and whether those are still the blank form's.",
    ),
    why=Pair(
        "由程序、手机或网页保存的文件常常不带计算结果，打开时看到的数可能是旧的。",
        "Files saved by programs, phones or web pages often carry no results, so what is seen on opening may be old.",
    ),
    basis=Pair(
        "没有结果不等于得 0 分：按填报数重算（docs/limits.md）",
        "No result does not mean a score of 0; the check recalculates from the inputs (docs/limits.md).",
    ),
    says=Pair(
        "有 {count} 个公式单元格没有计算结果或从未重新计算",
        "{count} formula cells carry no result or were never recalculated",
    ),
    fix=Pair(
        "不影响审核（已按填报数重算）；用 Excel 或 WPS 打开后保存一次即可。",
        "The check recalculated by itself; open and save once in Excel or WPS.",
    ),
    example=Pair(
        "用脚本另存的工作簿，公式都在，但没有结果。", "A workbook saved by a script holds all formulas and no result."
    ),
)


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield at most one finding: the workbook carries formulas without values, or only the blank template's."""
    values, blank = ctx.values, ctx.blank
    formulas = [(ref, c) for ref, c in ctx.submission.computed.items() if c.formula is not None]
    empty = []
    for ref, c in formulas:  # nearly every workbook has a result in the first cell that should show one
        if values.get(ref) in (None, ""):
            continue
        if c.cached is not None and c.cached != "":
            break
        empty.append(c)
    else:
        if empty:
            yield ctx.say(CARD, empty[0].ref, EMPTY, {"count": len(empty)})
        return
    filled = []
    for ref, c in formulas:  # nearly every workbook was recalculated, and its first telling cell says so
        if agrees(values.get(ref), blank.get(ref)):
            continue
        if not agrees(c.cached, blank.get(ref)):
            return
        filled.append((ref, c))
    if filled:
        yield ctx.say(CARD, filled[0][1].ref, EMPTY, {"count": len(filled)})
