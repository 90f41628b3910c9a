"""NA016: a workbook came without a narrative."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.rules.narrative.unaccompanied import Unaccompanied

CARD = Card(
    code="NA016",
    level="notice",
    name=Pair("没有随表报送自评报告", "No narrative"),
    what=Pair(
        "每个工作簿是否都有同一部门的自评报告（.docx、.txt 或有文字的 PDF）。",
        "Whether every workbook has a narrative of the same department (.docx, .txt or a PDF with text).",
    ),
    why=Pair("评分表和自评报告应一并报送。", "Workbook and narrative are to be sent together."),
    basis=Pair(
        "自评通知要求同时报送附件2、附件3，以本级财政部门通知为准",
        "The notice asks for annexes 2 and 3 together; the notice of the bureau counts.",
    ),
    says=Pair("没有找到这个部门的自评报告", "no narrative of this department was found"),
    fix=Pair(
        "请补报自评报告；已报送的，请把部门名称写进题目或文件名。",
        "Send the narrative; name the department in its title or file name.",
    ),
    example=Pair(
        "只收到评分表。加 --require-narrative 时按错误处理。",
        "Only the workbook came. With --require-narrative it is an error.",
    ),
    in_overview=Pair("自评报告", "Narrative"),
)


def find(ctx: Unaccompanied) -> Iterator[Finding]:
    """Yield one finding for a workbook beside which no narrative came."""
    level = "error" if ctx.required else CARD.level
    yield Finding(code=CARD.code, level=level, file=ctx.checked.file, department=ctx.checked.department)
