"""ST007: a sheet's protection was removed."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import EMPTY, Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.findings.values import Quoted
from xltools.form.address import Ref
from xltools.rules.context import RuleContext

CARD = Card(
    code="ST007",
    level="notice",
    name=Pair("工作表保护被取消", "A sheet's protection was removed"),
    what=Pair("各工作表的保护是否仍在。", "Whether every sheet is still protected."),
    why=Pair("没有保护，公式容易被误改。", "Without protection formulas are easily changed by mistake."),
    basis=Pair(
        "填表说明：只填浅黄色单元格；基层报表审核通行做法",
        "The form's instructions: fill in the pale yellow cells only; common practice in reviewing basic-level reports.",
    ),
    says=Pair("工作表{sheet}的保护被取消", "the protection of sheet {sheet} was removed"),
    fix=Pair(
        "不影响本次审核；请使用下发的表格填报。",
        "This check is not affected; please fill in the workbook as it was sent.",
    ),
    example=Pair("“收支情况”撤销了工作表保护。", "The protection of “收支情况” was removed."),
)


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield one finding per sheet that is no longer protected."""
    for sheet in ctx.submission.structure.unprotected:
        yield ctx.say(CARD, Ref(sheet, 0, 0), EMPTY, {"sheet": Quoted(sheet)})
