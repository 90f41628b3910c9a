"""ST003: a computed cell holds another formula."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.findings.values import Quoted
from xltools.rules.context import RuleContext
from xltools.rules.workbook.altered import same_shape

CARD = Card(
    code="ST003",
    level="confirm",
    name=Pair("计算公式被改动", "A computed cell holds another formula"),
    what=Pair(
        "灰色计算格里的公式是否与下发的表格一致。",
        "Whether the formulas of the grey computed cells are those of the form that was sent.",
    ),
    why=Pair(
        "公式被改，结果就不再是规定的算法。", "With another formula the result is no longer calculated as prescribed."
    ),
    basis=Pair(
        "填表说明：只填浅黄色单元格；基层报表审核通行做法",
        "The form's instructions: fill in the pale yellow cells only; common practice in reviewing basic-level reports.",
    ),
    says=Pair("{label}的公式被改为 {there}{row}", "the formula of {label} was changed to {there}{row}"),
    fix=Pair(
        "请恢复原公式（从下发的空白表复制该单元格）；确需改动的请说明。",
        "Restore the template's formula, or say why it was changed.",
    ),
    example=Pair("“完成率”第 3 行的公式引用了第 4 行。", "The completion rate of row 3 refers to row 4."),
    may_lead="confirm",
)

_WRONG_ROW = Pair(
    "（算法没有变，但引用了别的行或列，多为复制公式时错位）", " (same calculation, other rows or columns)"
)


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield one finding per formula cell that holds a formula other than the template's."""
    for ref, found, result in ctx.altered:
        if result != "other":
            continue
        key = ctx.submission.layout.by_cell[ref].key
        label = ctx.label(key) if key is not None else ctx.cell_label(ref)
        formula = found.formula or ""
        wrong_row = same_shape(formula, ctx.submission.layout.formulas[ref])
        yield ctx.say(
            CARD,
            found.ref,
            label,
            {"there": Quoted("=" + formula), "row": _WRONG_ROW if wrong_row else ""},
            stated=found.cached,
            expected=ctx.values.get(ref),
        )
