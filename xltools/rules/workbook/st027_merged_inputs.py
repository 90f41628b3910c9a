"""ST027: inputs were merged with other cells of the form."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import EMPTY, Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.findings.values import Joined, Quoted
from xltools.form.address import Ref, parse_a1
from xltools.rules.context import RuleContext

CARD = Card(
    code="ST027",
    level="notice",
    name=Pair("填报格被合并", "Inputs were merged"),
    what=Pair(
        "填报格是否与表格的其他单元格合并在一起。",
        "Whether an input was merged with other cells of the form.",
    ),
    why=Pair(
        "合并后只看得见左上角的一格，其余各格的内容看不见，却照样参加合计。",
        "Only the first cell of a merge is seen; the others are hidden and are summed up all the same.",
    ),
    basis=Pair(
        "填表说明：只填浅黄色单元格；基层报表审核通行做法",
        "The form's instructions: fill in the pale yellow cells only; common practice in reviewing basic-level reports.",
    ),
    says=Pair(
        "工作表{sheet}有 {count} 处填报格被合并：{areas}",
        "on sheet {sheet} inputs were merged in {count} places: {areas}",
    ),
    fix=Pair("请取消合并，逐格核对填报的数。", "Unmerge them and look at each cell."),
    example=Pair("“编制数”与下面的“在职人数”合并成一格。", "The posts and the staff below were merged into one cell."),
    mended_by_return="restored",
)
SHOWN = 3
"""Merges that a message names."""


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield at most one finding per sheet, at the first cell of its first merge."""
    by_sheet: dict[str, list[str]] = {}
    for sheet, area in ctx.submission.structure.merged:
        by_sheet.setdefault(sheet, []).append(area)
    for sheet, areas in by_sheet.items():
        first = parse_a1(areas[0].partition(":")[0]) or (1, 1)
        yield ctx.say(
            CARD,
            Ref(sheet, *first),
            EMPTY,
            {"sheet": Quoted(sheet), "count": len(areas), "areas": Joined(tuple(areas[:SHOWN]))},
        )
