"""ST013: rows or columns were inserted or deleted; the cells were found all the same."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import EMPTY, Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.findings.values import Quoted
from xltools.form.address import Ref
from xltools.rules.context import RuleContext

CARD = Card(
    code="ST013",
    level="notice",
    name=Pair("插入或删除了行列", "Rows or columns were inserted or deleted"),
    what=Pair("表格的行列是否与下发时一致。", "Whether the rows and columns are those of the form that was sent."),
    why=Pair(
        "行列变动后公式和汇总容易错位；本程序按单元格名称定位。",
        "Formulas and summaries shift when lines move; here cells are found by name.",
    ),
    basis=Pair(
        "填表说明：只填浅黄色单元格；基层报表审核通行做法",
        "The form's instructions: fill in the pale yellow cells only; common practice in reviewing basic-level reports.",
    ),
    says=Pair("工作表{sheet}在此处{what}", "sheet {sheet}: {what} here"),
    fix=Pair(
        "已按名称找到各项，不影响本次审核；请不要增删行列。",
        "All cells were found by name; please do not insert or delete lines.",
    ),
    example=Pair("“收支情况”在第 12 行前插入 1 行。", "One row was inserted above row 12 of “收支情况”."),
    mended_by_return="restored",
)

_WHAT = {
    (True, True): Pair("插入 {count} 行", "{count} rows inserted"),
    (True, False): Pair("删除 {count} 行", "{count} rows deleted"),
    (False, True): Pair("插入 {count} 列", "{count} columns inserted"),
    (False, False): Pair("删除 {count} 列", "{count} columns deleted"),
}
"""By what they are (rows, else columns) and what was done (inserted, else deleted)."""


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield one finding per place where lines were inserted or deleted."""
    structure = ctx.submission.structure
    for lines, rows in ((structure.inserted_rows, True), (structure.inserted_columns, False)):
        for sheet, line, count in lines:
            home = structure.sheet_of.get(sheet) or sheet
            ref = Ref(home, max(1, line), 1) if rows else Ref(home, 1, max(1, line))
            what = _WHAT[rows, count > 0].format(count=abs(count))
            yield ctx.say(CARD, ref, EMPTY, {"sheet": Quoted(home), "what": what})
