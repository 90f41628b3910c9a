"""ST016: the workbook says it is of another form or edition."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import EMPTY, Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.findings.values import Quoted
from xltools.form.address import Ref
from xltools.rules.context import RuleContext

CARD = Card(
    code="ST016",
    level="error",
    name=Pair("用的是另一种表格或另一年度的表格", "Another form or edition"),
    what=Pair("工作簿是不是本次下发的表格。", "Whether the workbook is the form that was sent this time."),
    why=Pair(
        "别的年度或别的地区的表格，指标、分值和公式不同，不能混在一起汇总。",
        "Forms of other years or places have other indicators, weights and formulas and cannot be summed up together.",
    ),
    basis=Pair("下发的表格版本", "The edition of the form that was sent out."),
    says=Pair(
        "工作簿自称是表格 {there}，不在现有的表格之列；按最接近的 {right} 审核",
        "the workbook says it is form {there}, which is not on hand; it was checked as {right}",
    ),
    fix=Pair(
        "请改用本次下发的表格填报；确为本次下发的，请与财政部门联系。",
        "Use the workbook that was sent this time; tell the bureau if it is the one.",
    ),
    fix_coordinator=Pair(
        "请部门改用本次下发的表格填报；确为本次表格的，用 --forms 指明它的定义。",
        "Ask for the workbook that was sent this time, or give its definition with --forms.",
    ),
    example=Pair("在去年的表格上改了数字报来。", "The figures were typed over last year's form."),
    may_lead="confirm",
)


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield at most one finding: _meta names a form other than the one it was taken for."""
    named, form = ctx.submission.meta.get("form", ""), ctx.submission.form
    if named and named != form.id:
        home = ctx.submission.structure.sheet_of.get(form.meta_sheet) or form.meta_sheet
        yield ctx.say(
            CARD,
            Ref(home, 1, 2),
            EMPTY,
            {"there": Quoted(named), "right": Quoted(form.id)},
            stated=named,
            expected=form.id,
        )
