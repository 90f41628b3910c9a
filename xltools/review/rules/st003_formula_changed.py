"""ST003: a computed cell holds another formula."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.review.cards import Card
from xltools.review.examined import Examined
from xltools.review.findings import Finding
from xltools.review.formulas import same_shape
from xltools.review.words import quoted

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


def find(it: Examined) -> Iterator[Finding]:
    """Yield one finding per formula cell that holds a formula other than the template's."""
    for ref, found, result in it.altered:
        if result != "other":
            continue
        key = it.submission.layout.by_cell[ref].key
        label = it.label(key) if key is not None else it.cell_label(ref)
        formula = found.formula or ""
        wrong_row = same_shape(formula, it.submission.layout.formulas[ref])
        yield it.say(
            CARD,
            found.ref,
            label,
            stated=found.cached,
            expected=it.values.get(ref),
            there=quoted("=" + formula),
            row=_WRONG_ROW[it.lang] if wrong_row else "",
        )
