"""NA007: the grade of the narrative is not the workbook's."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.form.layout import Key
from xltools.rules.narrative.context import NarrativeContext

CARD = Card(
    code="NA007",
    level="error",
    name=Pair("报告中的等级与得分不符", "The grade does not follow from the score"),
    what=Pair(
        "报告写的绩效等级，与工作簿按得分划出的等级是否一致；没有工作簿的，与报告写的得分是否相符（核实）。",
        "Whether the grade told in the narrative is the one that the workbook's score gives; without a workbook, one that the score told gives (to be confirmed).",
    ),
    why=Pair(
        "等级由得分决定，写错会误导使用结果的人。",
        "The grade follows from the score; a wrong one misleads those who use the result.",
    ),
    basis=Pair(
        "表格的等级划分，以本级财政部门下发的附件为准", "The form's grades; the annexes sent by the bureau count."
    ),
    says=Pair(
        "绩效等级写作“{there}”，按得分 {score} 分应为“{right}”（{by}）",
        "the grade is given as “{there}”; by the score {score} it is “{right}” ({by})",
    ),
    fix=Pair("请按得分改正等级。", "Correct the grade."),
    example=Pair("97.8 分写成“良”，应为“优”。", "97.8 is called “良” and should be “优”."),
)
_BY_WORKBOOK = Pair("工作簿 {cell}", "{cell}")
_BY_SCALE = Pair("财预〔2020〕10号的等级划分", "the national scale, 财预〔2020〕10号")


def find(ctx: NarrativeContext) -> Iterator[Finding]:
    """Yield a finding when the grade that is told is another than the workbook's."""
    grade, key = ctx.narrative.grade, Key(ctx.form.grade_field)
    right = ctx.workbook_value(key)
    score = ctx.workbook_value(Key(ctx.form.score_field))
    if not isinstance(right, str):
        yield from _alone(ctx)
    if grade is None or not isinstance(right, str) or grade.value == right:
        return
    yield ctx.say(
        CARD,
        grade.place,
        {"there": grade.value, "right": right, "score": score, "by": _BY_WORKBOOK.format(cell=ctx.cell(key))},
        label=ctx.label(key),
        stated=grade.value,
        expected=right,
        related=ctx.related(key),
    )


def _alone(ctx: NarrativeContext) -> Iterator[Finding]:
    """Without a workbook: a grade that no official scale gives to the score beside it, to be confirmed."""
    for one in ctx.contradictions:
        if one.kind == "grade":
            score = one.claim.raw.removesuffix("分")
            yield ctx.own(CARD, one, {"there": one.stated, "right": one.recomputed, "score": score, "by": _BY_SCALE})
