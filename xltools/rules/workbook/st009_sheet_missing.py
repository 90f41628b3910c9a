"""ST009: a sheet of the form is missing."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.findings.wording import quoted
from xltools.form.address import Ref
from xltools.rules.context import RuleContext

CARD = Card(
    code="ST009",
    level="error",
    name="缺少工作表",
    name_en="A sheet is missing",
    what="表格的每张工作表是否都在。",
    why="缺表就缺数据，相关审核无法进行。",
    basis="填表说明：只填浅黄色单元格；基层报表审核通行做法",
    fix="请用下发的表格重新填报这张工作表。",
    fix_en="Fill in this sheet again in the workbook as it was sent.",
    example="“收支情况”被删除。",
    says="没有找到工作表{sheet}，{what}",
    says_en="sheet {sheet} was not found; {what}",
)

_WHAT = {
    "zh": ("填报数已照常审核", "有关的审核没有进行"),
    "en": ("the figures were checked all the same", "its rules were not evaluated"),
}


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield one finding per sheet that could not be found by name, names or labels."""
    for sheet in ctx.submission.structure.missing:
        kind = next(s.sheet.kind for s in ctx.submission.layout.sheets if s.sheet.name == sheet)
        yield ctx.say(
            CARD,
            Ref(sheet, 0, 0),
            "",
            level="error" if kind == "data" else "notice",
            sheet=quoted(sheet),
            what=_WHAT[ctx.lang][kind == "data"],
        )
