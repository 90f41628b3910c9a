"""ST003: a computed cell holds another formula."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.findings.wording import quoted
from xltools.rules.context import RuleContext
from xltools.rules.workbook.altered import same_shape

CARD = Card(
    code="ST003",
    level="confirm",
    name="计算公式被改动",
    name_en="A computed cell holds another formula",
    what="灰色计算格里的公式是否与下发的表格一致。",
    why="公式被改，结果就不再是规定的算法。",
    basis="填表说明：只填浅黄色单元格；基层报表审核通行做法",
    fix="请恢复原公式（从下发的空白表复制该单元格）；确需改动的请说明。",
    fix_en="Restore the template's formula, or say why it was changed.",
    example="“完成率”第 3 行的公式引用了第 4 行。",
    says="{label}的公式被改为 {there}{row}",
    says_en="the formula of {label} was changed to {there}{row}",
)

_WRONG_ROW = {
    "zh": "（算法没有变，但引用了别的行或列，多为复制公式时错位）",
    "en": " (same calculation, other rows or columns)",
}


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
            stated=found.cached,
            expected=ctx.values.get(ref),
            there=quoted("=" + formula),
            row=_WRONG_ROW[ctx.lang] if wrong_row else "",
        )
