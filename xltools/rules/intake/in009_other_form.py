"""IN009: a form whose definition is not on hand."""

from __future__ import annotations

from xltools.bilingual import Pair
from xltools.findings.card import Card

CARD = Card(
    code="IN009",
    level="error",
    name=Pair("没有对应的表格定义", "No definition for this form"),
    what=Pair("没有对应的表格定义。", "No definition for this form."),
    why=Pair("没有定义就无从核对。", "Nothing can be checked without the definition."),
    basis=Pair("本程序的读取范围，见 docs/limits.md", "What this program reads: docs/limits.md."),
    says=Pair(
        "工作簿属于表格 {detail}，不是本次下发的表格",
        "the workbook belongs to the form {detail}, which is not the one sent this time",
    ),
    says_coordinator=Pair(
        "工作簿属于表格 {detail}，本机没有这套定义",
        "the workbook belongs to the form {detail}, which is not installed here",
    ),
    fix=Pair(
        "请用本次下发的表格填报；有疑问的请与财政部门联系。",
        "Fill in the workbook that was sent this time, or ask the bureau.",
    ),
    fix_coordinator=Pair(
        "请确认表格版本；定义在别处的，用 --forms 指定文件夹。", "Check the edition, or name the folder with --forms."
    ),
    example=Pair("报来的是前年的表。", "The form of two years ago came."),
)
REASONS = {
    "other_form": Pair("“{form}”", "“{form}”"),
}
"""Why a file cannot be opened, in the words of this sentence."""
