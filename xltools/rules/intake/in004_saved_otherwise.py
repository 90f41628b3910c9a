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
        "请在制表的程序（Excel、WPS、LibreOffice 等）中另存为“Excel 工作簿（*.xlsx）”再发送。",
        "Save it as an Excel workbook (*.xlsx) in the program it was made with, and send it again.",
    ),
    fix_coordinator=Pair(
        "请部门在制表的程序（Excel、WPS、LibreOffice 等）中另存为“Excel 工作簿（*.xlsx）”再发送。",
        "Ask the department to save it as an Excel workbook (*.xlsx) in the program it was made with.",
    ),
    example=Pair(
        "从网页系统导出的“.xls”，其实是网页。", "A “.xls” exported from a web system that is really a web page."
    ),
)
REASONS = {
    "resaved": Pair("{kind}", "{kind}"),
    "numbers_lost": Pair("{kind}，数字没有存下来", "{kind} in which the numbers were not kept"),
}
"""Why a file cannot be opened, in the words of this sentence."""
