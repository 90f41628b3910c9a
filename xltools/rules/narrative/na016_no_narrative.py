"""NA016: a workbook came without a narrative."""

from __future__ import annotations

from xltools.findings.card import Card

CARD = Card(
    code="NA016",
    level="notice",
    name="没有随表报送自评报告",
    name_en="No narrative",
    what="每个工作簿是否都有同一部门的自评报告（.docx、.txt 或有文字的 PDF）。",
    why="评分表和自评报告应一并报送。",
    basis="自评通知要求同时报送附件2、附件3，以本级财政部门通知为准",
    fix="请补报自评报告；已报送的，请把部门名称写进题目或文件名。",
    fix_en="Send the narrative; name the department in its title or file name.",
    example="只收到评分表。加 --require-narrative 时按错误处理。",
    says="没有找到这个部门的自评报告",
    says_en="no narrative of this department was found",
)
