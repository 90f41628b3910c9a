"""ST011: a sheet of the form is hidden."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.findings.wording import quoted
from xltools.form.address import Ref
from xltools.rules.context import RuleContext

CARD = Card(
    code="ST011",
    level="notice",
    name="工作表被隐藏",
    name_en="A sheet is hidden",
    what="表格的工作表是否被隐藏。",
    why="隐藏的表容易漏填漏看。",
    basis="填表说明：只填浅黄色单元格；基层报表审核通行做法",
    fix="请取消隐藏。",
    fix_en="Unhide it.",
    example="“校验”表被隐藏。",
    says="工作表{sheet}被隐藏",
    says_en="sheet {sheet} is hidden",
)


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield one finding per sheet of the form that cannot be seen."""
    for sheet in ctx.submission.structure.hidden:
        yield ctx.say(CARD, Ref(sheet, 0, 0), "", sheet=quoted(sheet))
