"""NA001: a figure of the narrative differs from the workbook."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.rules.narrative.context import NarrativeContext

CARD = Card(
    code="NA001",
    level="error",
    name="报告中的数字与工作簿不一致",
    name_en="A figure of the narrative differs from the workbook",
    what="自评报告写明的收支、人员、指标、得分等数字，与同一部门工作簿中的数字是否一致（按报告写出的位数比较）。",
    why="报告和工作簿说的是同一件事，两个数不同，必有一个抄错或没有更新。",
    basis="自评报告（附件2）与评分表（附件3）互相印证",
    fix="请核对后改正其中一个。",
    fix_en="Check both and correct the one that is wrong.",
    example="报告写“项目支出 380.03 万元”，工作簿为 280.03 万元。",
    says="{label}写作 {there}，工作簿 {cell} 为 {right}",
    says_en="{label} is given as {there}, the workbook ({cell}) has {right}",
)


def find(ctx: NarrativeContext) -> Iterator[Finding]:
    """Yield one finding per figure that is plainly another one."""
    for wrong in ctx.mismatches:
        statement = wrong.statement
        if wrong.kind != "wrong" or isinstance(wrong.expected, str) or isinstance(statement.value, str):
            continue
        yield ctx.contradict(
            CARD,
            wrong,
            difference=round(statement.value - wrong.expected, 6),
            there=f"“{statement.raw}”",
            right=ctx.figure(wrong.expected, statement.item),
            cell=ctx.cell(wrong.key),
        )
