"""IN002: a workbook that is none of our forms."""

from __future__ import annotations

from xltools.bilingual import EMPTY, Pair
from xltools.findings.card import Card

CARD = Card(
    code="IN002",
    level="error",
    name=Pair("不是下发的表格", "Not one of our workbooks"),
    what=Pair("不是下发的表格。", "Not one of our workbooks."),
    why=Pair("别的表格没有可以核对的填报项。", "Another workbook has nothing that could be checked."),
    basis=Pair("本程序的读取范围，见 docs/limits.md", "What this program reads: docs/limits.md."),
    says=Pair("这个工作簿里找不到下发表格的任何内容", "nothing of a form that was sent out is found in this workbook"),
    fix=Pair("请用下发的表格填报。", "Fill in the workbook that was sent."),
    fix_coordinator=Pair("请部门用下发的表格填报。", "Ask the department to fill in the workbook that was sent."),
    example=Pair("报来的是自制的汇总表。", "A table of the department's own making came."),
)
REASONS = {
    "not_ours": EMPTY,
}
"""Why a file cannot be opened, in the words of this sentence."""
