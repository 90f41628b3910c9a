"""IN007: the file is no workbook."""

from __future__ import annotations

from xltools.bilingual import Pair
from xltools.findings.card import Card

CARD = Card(
    code="IN007",
    level="error",
    name=Pair("不是 Excel 工作簿", "Not a workbook"),
    what=Pair("不是 Excel 工作簿。", "Not a workbook."),
    why=Pair("只能审核工作簿。", "Only workbooks can be checked."),
    basis=Pair("本程序的读取范围，见 docs/limits.md", "What this program reads: docs/limits.md."),
    says=Pair("这不是 Excel 工作簿（{detail}）", "this is not a workbook ({detail})"),
    fix=Pair("请报送 .xlsx 工作簿。", "Send the .xlsx workbook."),
    fix_coordinator=Pair("请部门报送 .xlsx 工作簿。", "Ask the department for the .xlsx workbook."),
    example=Pair("把 PDF 改名成了 .xlsx。", "A PDF was renamed to .xlsx."),
)
REASONS = {
    "other_kind": Pair("{kind}", "{kind}"),
    "not_zip": Pair("内容不是工作簿", "the content is no workbook"),
    "no_workbook": Pair("里面没有工作表", "no worksheet inside"),
}
"""Why a file cannot be opened, in the words of this sentence."""
