"""ST010: a sheet was renamed and recognised all the same."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import EMPTY, Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.findings.values import Quoted
from xltools.form.address import Ref
from xltools.rules.context import RuleContext

CARD = Card(
    code="ST010",
    level="notice",
    name=Pair("工作表改了名", "A sheet was renamed"),
    what=Pair("工作表的名称是否与下发的表格一致。", "Whether the sheets bear the names of the form that was sent."),
    why=Pair(
        "改名后汇总容易漏表；本程序已按内容认出。",
        "A renamed sheet is easily left out of a summary; here it was recognised by its content.",
    ),
    basis=Pair(
        "填表说明：只填浅黄色单元格；基层报表审核通行做法",
        "The form's instructions: fill in the pale yellow cells only; common practice in reviewing basic-level reports.",
    ),
    says=Pair(
        "工作表{sheet}被改名为{now}，已按内容认出",
        "sheet {sheet} is now called {now}; it was recognised by its content",
    ),
    fix=Pair("不影响本次审核；请改回原名。", "It was recognised; please give it back its name."),
    example=Pair("“收支情况”改成了“收支情况表”。", "“收支情况” became “收支情况表”."),
)


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield one finding per sheet that goes under another name."""
    for sheet, now in ctx.submission.structure.renamed:
        yield ctx.say(
            CARD, Ref(now, 0, 0), EMPTY, {"sheet": Quoted(sheet), "now": Quoted(now)}, stated=now, expected=sheet
        )
