"""ST014: defined names were lost or point elsewhere; the cells were found by label."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.form.layout import Key
from xltools.rules.context import RuleContext

CARD = Card(
    code="ST014",
    level="notice",
    name="单元格名称丢失或指向别处",
    name_en="Defined names lost or pointing elsewhere",
    what="工作簿里的单元格名称是否完整，是否仍指向原来的单元格。",
    why="公式和汇总靠名称找到单元格；本程序已改按标签和位置定位。",
    basis="填表说明：只填浅黄色单元格；基层报表审核通行做法",
    fix="已按标签和位置找到，不影响本次审核；请使用下发的表格填报。",
    fix_en="The cells were found by label; please use the workbook as it was sent.",
    example="在 WPS 网页版另存后名称全部丢失。",
    says="{count} 个单元格名称{what}（{names} 等）",
    says_en="{count} defined names {what} ({names} …)",
)


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield at most one finding per kind: names lost, names that point elsewhere."""
    structure = ctx.submission.structure
    moved = [name for name, _ in structure.moved_names]
    for names, zh, en in ((structure.lost_names, "丢失", "lost"), (moved, "指向别处", "pointing elsewhere")):
        if not names:
            continue
        key = Key(names[0])
        ref = ctx.submission.where.get(key) or ctx.submission.structure_ref(names[0])
        shown = ("、" if ctx.lang == "zh" else ", ").join(names[:3])
        yield ctx.say(CARD, ref, "", names=shown, count=len(names), what=zh if ctx.lang == "zh" else en)
