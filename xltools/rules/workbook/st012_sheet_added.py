"""ST012: the workbook holds a sheet that is not the form's."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.findings.wording import quoted
from xltools.form.address import Ref
from xltools.rules.context import RuleContext

CARD = Card(
    code="ST012",
    level="notice",
    name="多出工作表",
    name_en="A sheet was added",
    what="工作簿里有没有表格以外的工作表。",
    why="附加的表不会被汇总，里面的内容可能被忽略。",
    basis="填表说明：只填浅黄色单元格；基层报表审核通行做法",
    fix="需要报送的内容请填入表格或写进自评报告；不需要的请删除。",
    fix_en="Put what matters into the form or the report; delete the rest.",
    example="多了一张“附表”。",
    says="工作表{sheet}不属于本表格，其中内容没有读取",
    says_en="sheet {sheet} is not part of the form and was not read",
)


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield one finding per added sheet."""
    for sheet in ctx.submission.structure.added:
        yield ctx.say(CARD, Ref(sheet, 0, 0), "", sheet=quoted(sheet))
