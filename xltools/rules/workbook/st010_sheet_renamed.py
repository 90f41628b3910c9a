"""ST010: a sheet was renamed and recognised all the same."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.findings.wording import quoted
from xltools.form.address import Ref
from xltools.rules.context import RuleContext

CARD = Card(
    code="ST010",
    level="notice",
    name="工作表改了名",
    name_en="A sheet was renamed",
    what="工作表的名称是否与下发的表格一致。",
    why="改名后汇总容易漏表；本程序已按内容认出。",
    basis="填表说明：只填浅黄色单元格；基层报表审核通行做法",
    fix="不影响本次审核；请改回原名。",
    fix_en="It was recognised; please give it back its name.",
    example="“收支情况”改成了“收支情况表”。",
    says="工作表{sheet}被改名为{now}，已按内容认出",
    says_en="sheet {sheet} is now called {now}; it was recognised by its content",
)


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield one finding per sheet that goes under another name."""
    for sheet, now in ctx.submission.structure.renamed:
        yield ctx.say(CARD, Ref(now, 0, 0), "", stated=now, expected=sheet, sheet=quoted(sheet), now=quoted(now))
