"""IN004: a table that must be saved as .xlsx first."""

from __future__ import annotations

from xltools.bilingual import Pair
from xltools.findings.card import Card

CARD = Card(
    code="IN004",
    level="error",
    name=Pair("须另存后才能读取的表格", "A table that must be saved as .xlsx first"),
    what=Pair("须另存后才能读取的表格。", "A table that must be saved as .xlsx first."),
    why=Pair(
        "这类文件不能保存单元格名称、公式和类型，读出的数不可靠。",
        "Such files cannot hold cell names, formulas and types; figures read from them are not reliable.",
    ),
    basis=Pair("本程序的读取范围，见 docs/limits.md", "What this program reads: docs/limits.md."),
    says=Pair("文件是{detail}，没有读取", "the file is {detail} and was not read"),
    fix=Pair(
        "请在 Excel 或 WPS 中另存为“Excel 工作簿（*.xlsx）”再发送。",
        "Save it as an Excel workbook (*.xlsx) and send it again.",
    ),
    fix_coordinator=Pair(
        "请部门在 Excel 或 WPS 中另存为“Excel 工作簿（*.xlsx）”再发送。",
        "Ask the department to save it as an Excel workbook (*.xlsx).",
    ),
    example=Pair(
        "从网页系统导出的“.xls”，其实是网页。", "A “.xls” exported from a web system that is really a web page."
    ),
)
REASONS = {
    "resaved": Pair("{kind}", "{kind}"),
}
"""Why a file cannot be opened, in the words of this sentence."""
