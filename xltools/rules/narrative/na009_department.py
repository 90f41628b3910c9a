"""NA009: the narrative's title names another department."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.form.layout import Key
from xltools.intake.directory import same_name
from xltools.rules.narrative.context import NarrativeContext

CARD = Card(
    code="NA009",
    level="error",
    name="报告题目中的部门与工作簿不一致",
    name_en="The title names another department",
    what="报告题目写的部门，与工作簿的部门名称是否相同（简称也算相同）。",
    why="套用别的部门的报告时，题目常常忘了改。",
    basis="自评报告（附件2）与评分表（附件3）同属一个部门",
    fix="请核对报告是不是本部门的，并改正题目。",
    fix_en="Check whose report this is and correct the title.",
    example="工作簿是“区教育局”，报告题目写“区卫生健康局”。",
    says="题目写“{there}”，工作簿 {cell} 的部门是“{right}”",
    says_en="the title says “{there}”, the workbook's department ({cell}) is “{right}”",
)


def find(ctx: NarrativeContext) -> Iterator[Finding]:
    """Yield a finding when neither name can be short for the other."""
    submission, said = ctx.submission, ctx.narrative.department
    if submission is None or not said or not submission.department or same_name(said, submission.department):
        return
    key = Key(ctx.form.name_field)
    yield ctx.say(
        CARD,
        "题目" if ctx.lang == "zh" else "title",
        label=ctx.label(key),
        stated=said,
        expected=submission.department,
        related=ctx.related(key),
        there=said,
        right=submission.department,
        cell=ctx.cell(key),
    )
