"""NA009: the narrative's title names another department."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.form.layout import Key
from xltools.intake.directory import same_name
from xltools.rules.narrative.context import TITLE, NarrativeContext

CARD = Card(
    code="NA009",
    level="error",
    name=Pair("报告题目中的部门与工作簿不一致", "The title names another department"),
    what=Pair(
        "报告题目写的部门，与工作簿的部门名称是否相同（简称也算相同）。",
        "Whether the department in the narrative's title is the workbook's (a short name counts as the same).",
    ),
    why=Pair(
        "套用别的部门的报告时，题目常常忘了改。",
        "Where another department's narrative was copied, the title is often forgotten.",
    ),
    basis=Pair(
        "自评报告（附件2）与评分表（附件3）同属一个部门",
        "The narrative (annex 2) and the scoring workbook (annex 3) are of one department.",
    ),
    says=Pair(
        "题目写“{there}”，工作簿 {cell} 的部门是“{right}”",
        "the title says “{there}”, the workbook's department ({cell}) is “{right}”",
    ),
    fix=Pair("请核对报告是不是本部门的，并改正题目。", "Check whose report this is and correct the title."),
    example=Pair(
        "工作簿是“区教育局”，报告题目写“区卫生健康局”。",
        "The workbook is of “区教育局”, the title says “区卫生健康局”.",
    ),
)


def find(ctx: NarrativeContext) -> Iterator[Finding]:
    """Yield a finding when neither name can be short for the other."""
    submission, said = ctx.submission, ctx.narrative.department
    if submission is None or not said or not submission.department or same_name(said, submission.department):
        return
    key = Key(ctx.form.name_field)
    yield ctx.say(
        CARD,
        TITLE,
        {"there": said, "right": submission.department, "cell": ctx.cell(key)},
        label=ctx.label(key),
        stated=said,
        expected=submission.department,
        related=ctx.related(key),
    )
