"""NA017: a narrative came without a workbook."""

from __future__ import annotations

from xltools.findings.card import Card

CARD = Card(
    code="NA017",
    level="notice",
    name="自评报告没有对应的工作簿",
    name_en="No workbook for this narrative",
    what="每份自评报告是否都有同一部门的工作簿，以便核对数字。",
    why="没有工作簿，报告中的数字无从核对，只审核报告自身。",
    basis="自评通知要求同时报送附件2、附件3，以本级财政部门通知为准",
    fix="请补报工作簿，或核对报告题目和文件名中的部门名称。",
    fix_en="Send the workbook, or check the department in the title and the file's name.",
    example="只收到自评报告。加 --require-narrative 时按错误处理。",
    says="没有找到与这份自评报告对应的工作簿",
    says_en="no workbook was found that this narrative belongs to",
)
