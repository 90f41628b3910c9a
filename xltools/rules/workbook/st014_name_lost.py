"""ST014: defined names were lost or point elsewhere; the cells were found by label."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import EMPTY, Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.findings.values import Joined
from xltools.form.layout import Key
from xltools.rules.context import RuleContext

CARD = Card(
    code="ST014",
    level="notice",
    name=Pair("单元格名称丢失或指向别处", "Defined names lost or pointing elsewhere"),
    what=Pair(
        "工作簿里的单元格名称是否完整，是否仍指向原来的单元格。",
        "Whether the defined names are complete and still point to their cells.",
    ),
    why=Pair(
        "公式和汇总靠名称找到单元格；本程序已改按标签和位置定位。",
        "Formulas and summaries find cells by name; here they were found by label and place instead.",
    ),
    basis=Pair(
        "填表说明：只填浅黄色单元格；基层报表审核通行做法",
        "The form's instructions: fill in the pale yellow cells only; common practice in reviewing basic-level reports.",
    ),
    says=Pair("{count} 个单元格名称{what}（{names} 等）", "{count} defined names {what} ({names} …)"),
    fix=Pair(
        "已按标签和位置找到，不影响本次审核；请使用下发的表格填报。",
        "The cells were found by label; please use the workbook as it was sent.",
    ),
    example=Pair("在 WPS 网页版另存后名称全部丢失。", "All names were lost when the file was saved by WPS on the web."),
    mended_by_return="restored",
)

_LOST, _MOVED = Pair("丢失", "lost"), Pair("指向别处", "pointing elsewhere")


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield at most one finding per kind: names lost, names that point elsewhere."""
    structure = ctx.submission.structure
    moved = [name for name, _ in structure.moved_names]
    for names, what in ((structure.lost_names, _LOST), (moved, _MOVED)):
        if not names:
            continue
        key = Key(names[0])
        ref = ctx.submission.where.get(key) or ctx.submission.structure_ref(names[0])
        shown = Joined(tuple(names[:3]))
        yield ctx.say(CARD, ref, EMPTY, {"names": shown, "count": len(names), "what": what})
