"""ST012: the workbook holds a sheet that is not the form's."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import EMPTY, Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.findings.values import Quoted
from xltools.form.address import Ref
from xltools.rules.context import RuleContext

CARD = Card(
    code="ST012",
    level="notice",
    name=Pair("多出工作表", "A sheet was added"),
    what=Pair("工作簿里有没有表格以外的工作表。", "Whether the workbook has sheets that are not the form's."),
    why=Pair(
        "附加的表不会被汇总，里面的内容可能被忽略。",
        "An added sheet is not summed up, and what it says may be overlooked.",
    ),
    basis=Pair(
        "填表说明：只填浅黄色单元格；基层报表审核通行做法",
        "The form's instructions: fill in the pale yellow cells only; common practice in reviewing basic-level reports.",
    ),
    says=Pair("工作表{sheet}不属于本表格，其中内容没有读取", "sheet {sheet} is not part of the form and was not read"),
    fix=Pair(
        "需要报送的内容请填入表格或写进自评报告；不需要的请删除。",
        "Put what matters into the form or the report; delete the rest.",
    ),
    example=Pair("多了一张“附表”。", "There is one more sheet, “附表”."),
    mended_by_return="moved",
)


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield one finding per added sheet."""
    for sheet in ctx.submission.structure.added:
        yield ctx.say(CARD, Ref(sheet, 0, 0), EMPTY, {"sheet": Quoted(sheet)})
