"""ST011: a sheet of the form is hidden."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.form.address import Ref
from xltools.review.cards import Card
from xltools.review.examined import Examined
from xltools.review.findings import Finding
from xltools.review.words import quoted

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


def find(it: Examined) -> Iterator[Finding]:
    """Yield one finding per sheet of the form that cannot be seen."""
    for sheet in it.submission.structure.hidden:
        yield it.say(CARD, Ref(sheet, 0, 0), "", sheet=quoted(sheet))
