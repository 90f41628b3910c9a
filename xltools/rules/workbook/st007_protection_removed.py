"""ST007: a sheet's protection was removed."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.findings.wording import quoted
from xltools.form.address import Ref
from xltools.rules.context import RuleContext

CARD = Card(
    code="ST007",
    level="notice",
    name="工作表保护被取消",
    name_en="A sheet's protection was removed",
    what="各工作表的保护是否仍在。",
    why="没有保护，公式容易被误改。",
    basis="填表说明：只填浅黄色单元格；基层报表审核通行做法",
    fix="不影响本次审核；请使用下发的表格填报。",
    fix_en="This check is not affected; please fill in the workbook as it was sent.",
    example="“收支情况”撤销了工作表保护。",
    says="工作表{sheet}的保护被取消",
    says_en="the protection of sheet {sheet} was removed",
)


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield one finding per sheet that is no longer protected."""
    for sheet in ctx.submission.structure.unprotected:
        yield ctx.say(CARD, Ref(sheet, 0, 0), "", sheet=quoted(sheet))
