"""NA007: the grade of the narrative is not the workbook's."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.form.layout import Key
from xltools.review.cards import Card
from xltools.review.findings import Finding
from xltools.review.narrative.told import Told

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


def find(it: Told) -> Iterator[Finding]:
    """Yield a finding when the grade that is told is another than the workbook's."""
    grade, key = it.narrative.grade, Key(it.form.grade_field)
    right = it.workbook_value(key)
    score = it.workbook_value(Key(it.form.score_field))
    if grade is None or not isinstance(right, str) or grade.value == right:
        return
    yield it.say(
        CARD,
        grade.place,
        label=it.label(key),
        stated=grade.value,
        expected=right,
        related=it.related(key),
        there=grade.value,
        right=right,
        score=score,
        cell=it.cell(key),
    )
