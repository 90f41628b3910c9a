"""NA017: a narrative came without a workbook."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.rules.narrative.context import WHOLE, NarrativeContext

CARD = Card(
    code="NA017",
    level="notice",
    name=Pair("自评报告没有对应的工作簿", "No workbook for this narrative"),
    what=Pair(
        "每份自评报告是否都有同一部门的工作簿，以便核对数字。",
        "Whether every narrative has a workbook of the same department to compare it with.",
    ),
    why=Pair(
        "没有工作簿，报告中的数字无从核对，只审核报告自身。",
        "Without a workbook its figures cannot be verified; only the narrative itself is checked.",
    ),
    basis=Pair(
        "自评通知要求同时报送附件2、附件3，以本级财政部门通知为准",
        "The notice asks for annexes 2 and 3 together; the notice of the bureau counts.",
    ),
    says=Pair("没有找到与这份自评报告对应的工作簿", "no workbook was found that this narrative belongs to"),
    fix=Pair(
        "请补报工作簿，或核对报告题目和文件名中的部门名称。",
        "Send the workbook, or check the department in the title and the file's name.",
    ),
    example=Pair(
        "只收到自评报告。加 --require-narrative 时按错误处理。",
        "Only the narrative came. With --require-narrative it is an error.",
    ),
)


def find(ctx: NarrativeContext) -> Iterator[Finding]:
    """Yield one finding for a narrative that stands alone."""
    if ctx.submission is None:
        yield ctx.say(CARD, WHOLE, {}, level="error" if ctx.required else None)
