"""ST015: the structure changed so that cells could not be found for certain."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.rules.context import RuleContext

CARD = Card(
    code="ST015",
    level="error",
    name="结构被改动，找不到填报项",
    name_en="An input could not be found",
    what="每个填报项能否准确找到。",
    why="找不到就无法确认数据，相关审核没有进行。",
    basis="填表说明：只填浅黄色单元格；基层报表审核通行做法",
    fix="请把内容填回下发的表格再报。",
    fix_en="Fill the content into the workbook as it was sent.",
    example="删除了“执行数”所在的行。",
    says="找不到“{label}”应在的单元格（共 {count} 项），有关的审核没有进行",
    says_en="the cell of “{label}” could not be found ({count} in all); its rules were not evaluated",
)


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield one finding per input that could not be found, five at the most, then one for the rest."""
    unbound = ctx.submission.structure.unbound
    for key in unbound[:5]:
        ref = (
            ctx.submission.locate(ctx.submission.layout.cells[key])
            if key.row >= 0
            else ctx.submission.structure_ref(key.field)
        )
        label = ctx.label(key) if key.row >= 0 or not key.column else key.column
        yield ctx.say(CARD, ref, label, count=len(unbound))
