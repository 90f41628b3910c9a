"""ST013: rows or columns were inserted or deleted; the cells were found all the same."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.findings.wording import quoted
from xltools.form.address import Ref
from xltools.rules.context import RuleContext

CARD = Card(
    code="ST013",
    level="notice",
    name="插入或删除了行列",
    name_en="Rows or columns were inserted or deleted",
    what="表格的行列是否与下发时一致。",
    why="行列变动后公式和汇总容易错位；本程序按单元格名称定位。",
    basis="填表说明：只填浅黄色单元格；基层报表审核通行做法",
    fix="已按名称找到各项，不影响本次审核；请不要增删行列。",
    fix_en="All cells were found by name; please do not insert or delete lines.",
    example="“收支情况”在第 12 行前插入 1 行。",
    says="工作表{sheet}在此处{what}",
    says_en="sheet {sheet}: {what} here",
)


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield one finding per place where lines were inserted or deleted."""
    structure = ctx.submission.structure
    for lines, zh, en in ((structure.inserted_rows, "行", "rows"), (structure.inserted_columns, "列", "columns")):
        for sheet, line, count in lines:
            home = structure.sheet_of.get(sheet) or sheet
            ref = Ref(home, max(1, line), 1) if zh == "行" else Ref(home, 1, max(1, line))
            what = (
                f"{'插入' if count > 0 else '删除'} {abs(count)} {zh}"
                if ctx.lang == "zh"
                else f"{abs(count)} {en} {'inserted' if count > 0 else 'deleted'}"
            )
            yield ctx.say(CARD, ref, "", sheet=quoted(home), what=what)
