"""ST022: a locked weight, scoring method or constant was changed."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.findings.values import Typed
from xltools.rules.context import RuleContext
from xltools.rules.workbook.locked import altered

CARD = Card(
    code="ST022",
    level="error",
    name=Pair("固定的分值、计分方式或标准被改动", "A fixed weight, scoring method or constant was changed"),
    what=Pair(
        "表格固定的分值、计分方式和公式用到的标准（如面向中小企业采购的比例要求）是否与下发的一致。",
        "Whether fixed weights, scoring methods and the constants that formulas use are those that were sent out.",
    ),
    why=Pair(
        "改了分值或标准，得分就不是按下发的办法算出来的。",
        "With another weight or standard the score no longer follows the method that was sent out.",
    ),
    basis=Pair(
        "填表说明：只填浅黄色单元格；表格内容以本级财政部门下发的为准",
        "The form's instructions: fill in the pale yellow cells only; the form is what the finance department sent out.",
    ),
    says=Pair(
        "{label}是下发时固定的内容：原为 {right}，现为 {there}",
        "{label}: {there}, sent out as {right}",
    ),
    fix=Pair(
        "请恢复为下发时的内容；本次审核已按下发的内容计算。",
        "Restore what was sent out; the check has computed with it.",
    ),
    example=Pair("“预算编制约束性”的分值由 4 改成 5。", "The weight of a row was changed from 4 to 5."),
    may_lead="confirm",
    mended_by_return="restored",
)


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield one finding per such cell."""
    for cell in altered(ctx, "counts"):
        yield ctx.say(
            CARD,
            cell.ref,
            cell.label,
            {"there": Typed(cell.there), "right": Typed(cell.right)},
            stated=cell.there,
            expected=cell.right,
        )
