"""NA007: the grade of the narrative is not the workbook's."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.form.layout import Key
from xltools.rules.narrative.context import NarrativeContext

CARD = Card(
    code="NA007",
    level="error",
    name="报告中的等级与得分不符",
    name_en="The grade does not follow from the score",
    what="报告写的绩效等级，与工作簿按得分划出的等级是否一致。",
    why="等级由得分决定，写错会误导使用结果的人。",
    basis="表格的等级划分，以本级财政部门下发的附件为准",
    fix="请按得分改正等级。",
    fix_en="Correct the grade.",
    example="97.8 分写成“良”，应为“优”。",
    says="绩效等级写作“{there}”，按得分 {score} 分应为“{right}”（工作簿 {cell}）",
    says_en="the grade is given as “{there}”; by the score {score} it is “{right}” ({cell})",
)


def find(ctx: NarrativeContext) -> Iterator[Finding]:
    """Yield a finding when the grade that is told is another than the workbook's."""
    grade, key = ctx.narrative.grade, Key(ctx.form.grade_field)
    right = ctx.workbook_value(key)
    score = ctx.workbook_value(Key(ctx.form.score_field))
    if grade is None or not isinstance(right, str) or grade.value == right:
        return
    yield ctx.say(
        CARD,
        grade.place,
        label=ctx.label(key),
        stated=grade.value,
        expected=right,
        related=ctx.related(key),
        there=grade.value,
        right=right,
        score=score,
        cell=ctx.cell(key),
    )
