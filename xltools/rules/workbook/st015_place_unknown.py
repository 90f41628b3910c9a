"""ST015: the structure changed so that cells could not be found for certain."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair, same
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.form.model import last_year_name
from xltools.rules.context import RuleContext

CARD = Card(
    code="ST015",
    level="error",
    name=Pair("结构被改动，找不到填报项", "An input could not be found"),
    what=Pair("每个填报项能否准确找到。", "Whether every input can be found for certain."),
    why=Pair(
        "找不到就无法确认数据，相关审核没有进行。",
        "What cannot be found cannot be confirmed, and its rules were not evaluated.",
    ),
    basis=Pair(
        "填表说明：只填浅黄色单元格；基层报表审核通行做法",
        "The form's instructions: fill in the pale yellow cells only; common practice in reviewing basic-level reports.",
    ),
    says=Pair(
        "找不到“{label}”应在的单元格（共 {count} 项），有关的审核没有进行",
        "the cell of “{label}” could not be found ({count} in all); its rules were not evaluated",
    ),
    fix=Pair("请把内容填回下发的表格再报。", "Fill the content into the workbook as it was sent."),
    example=Pair("删除了“执行数”所在的行。", "The row of the amount spent was deleted."),
    may_lead="confirm",
)


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield one finding per input that could not be found, five at the most, then one for the rest."""
    beside = set(map(last_year_name, ctx.submission.form.last_years))  # what only shows last year is no loss
    unbound = [key for key in ctx.submission.structure.unbound if key.field not in beside]
    for key in unbound[:5]:
        ref = (
            ctx.submission.locate(ctx.submission.layout.cells[key])
            if key.row >= 0
            else ctx.submission.structure_ref(key.field)
        )
        label = ctx.label(key) if key.row >= 0 or not key.column else same(key.column)
        yield ctx.say(CARD, ref, label, {"count": len(unbound)})
