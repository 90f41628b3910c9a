"""IN015: another workbook of the department counts; said at every one that it replaces."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.values import FileName
from xltools.rules.batch.context import BatchContext, Placed, about

CARD = Card(
    code="IN015",
    level="notice",
    name=Pair("同一部门有应以其为准的另一份", "Another copy counts"),
    what=Pair("同一部门有应以其为准的另一份。", "Another copy counts."),
    why=Pair("一个部门只能有一份进入汇总。", "Only one workbook of a department goes into the summary."),
    basis=Pair("本程序的读取范围，见 docs/limits.md", "What this program reads: docs/limits.md."),
    says=Pair(
        "这个部门以 {chosen} 为准（{why}），汇总时不计本份",
        "for this department {chosen} counts ({why}); this one is left out of the summary",
    ),
    fix=Pair("应以本份为准的，请告知财政部门。", "Tell the bureau if this one should count."),
    fix_coordinator=Pair(
        "请核对；应以本份为准的，把另一份移出文件夹。", "If this one should count, move the other away."
    ),
    example=Pair("“自评表.xlsx”与“自评表（最终版2）.xlsx”。", "“自评表.xlsx” and “自评表（最终版2）.xlsx”."),
)
_BY = {
    "round": Pair("轮次较新", "a newer round"),
    "saved": Pair("文件内的保存时间较晚", "saved later, as the file says"),
    "dated": Pair("文件日期较晚", "a newer file"),
    "same": Pair("内容相同，排在前面", "the same content, listed first"),
}


def find(ctx: BatchContext) -> Iterator[Placed]:
    """Yield one finding per workbook that gave way."""
    for checked in ctx.report.submissions:
        if checked.superseded:
            yield (
                checked,
                about(checked, CARD, {"chosen": FileName(checked.superseded), "why": _BY[checked.gave_way_by]}),
            )
