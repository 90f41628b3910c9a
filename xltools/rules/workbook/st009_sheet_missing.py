"""ST009: a sheet of the form is missing."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import EMPTY, Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.findings.values import Quoted
from xltools.form.address import Ref
from xltools.rules.context import RuleContext

CARD = Card(
    code="ST009",
    level="error",
    name=Pair("缺少工作表", "A sheet is missing"),
    what=Pair("表格的每张工作表是否都在。", "Whether every sheet of the form is there."),
    why=Pair("缺表就缺数据，相关审核无法进行。", "A missing sheet means missing data; its rules cannot be evaluated."),
    basis=Pair(
        "填表说明：只填浅黄色单元格；基层报表审核通行做法",
        "The form's instructions: fill in the pale yellow cells only; common practice in reviewing basic-level reports.",
    ),
    says=Pair("没有找到工作表{sheet}，{what}", "sheet {sheet} was not found; {what}"),
    fix=Pair("请用下发的表格重新填报这张工作表。", "Fill in this sheet again in the workbook as it was sent."),
    example=Pair("“收支情况”被删除。", "“收支情况” was deleted."),
    may_lead="confirm",
)

_CHECKED = Pair("填报数已照常审核", "the figures were checked all the same")
_NOT_CHECKED = Pair("有关的审核没有进行", "its rules were not evaluated")


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield one finding per sheet that could not be found by name, names or labels."""
    for sheet in ctx.submission.structure.missing:
        kind = next(s.sheet.kind for s in ctx.submission.layout.sheets if s.sheet.name == sheet)
        yield ctx.say(
            CARD,
            Ref(sheet, 0, 0),
            EMPTY,
            {"sheet": Quoted(sheet), "what": _NOT_CHECKED if kind == "data" else _CHECKED},
            level="error" if kind == "data" else "notice",
        )
