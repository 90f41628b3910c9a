"""ST011: a sheet of the form is hidden."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import EMPTY, Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.findings.values import Quoted
from xltools.form.address import Ref
from xltools.rules.context import RuleContext

CARD = Card(
    code="ST011",
    level="notice",
    name=Pair("工作表被隐藏", "A sheet is hidden"),
    what=Pair("表格的工作表是否被隐藏。", "Whether a sheet of the form is hidden."),
    why=Pair("隐藏的表容易漏填漏看。", "What is hidden is easily left unfilled and unread."),
    basis=Pair(
        "填表说明：只填浅黄色单元格；基层报表审核通行做法",
        "The form's instructions: fill in the pale yellow cells only; common practice in reviewing basic-level reports.",
    ),
    says=Pair("工作表{sheet}被隐藏", "sheet {sheet} is hidden"),
    fix=Pair("请取消隐藏。", "Unhide it."),
    example=Pair("“校验”表被隐藏。", "The sheet “校验” is hidden."),
)


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield one finding per sheet of the form that cannot be seen."""
    for sheet in ctx.submission.structure.hidden:
        yield ctx.say(CARD, Ref(sheet, 0, 0), EMPTY, {"sheet": Quoted(sheet)})
