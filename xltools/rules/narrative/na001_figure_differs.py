"""NA001: a figure of the narrative differs from the workbook."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.findings.values import Quoted
from xltools.rules.narrative.context import NarrativeContext

CARD = Card(
    code="NA001",
    level="error",
    name=Pair("报告中的数字与工作簿不一致", "A figure of the narrative differs from the workbook"),
    what=Pair(
        "自评报告写明的收支、人员、指标、得分等数字，与同一部门工作簿中的数字是否一致（按报告写出的位数比较）。",
        "Whether the income, expenditure, staff, indicators and scores told in the narrative are those of the same department's workbook (compared in the digits written).",
    ),
    why=Pair(
        "报告和工作簿说的是同一件事，两个数不同，必有一个抄错或没有更新。",
        "Both tell of the same; where the figures differ, one was miscopied or not updated.",
    ),
    basis=Pair(
        "自评报告（附件2）与评分表（附件3）互相印证",
        "The narrative (annex 2) and the scoring workbook (annex 3) confirm each other.",
    ),
    says=Pair(
        "{label}写作 {there}，工作簿 {cell} 为 {right}",
        "{label} is given as {there}, the workbook ({cell}) has {right}",
    ),
    fix=Pair("请核对后改正其中一个。", "Check both and correct the one that is wrong."),
    example=Pair(
        "报告写“项目支出 380.03 万元”，工作簿为 280.03 万元。",
        "The narrative says 380.03 for project expenditure, the workbook 280.03.",
    ),
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
            {
                "there": Quoted(statement.raw),
                "right": ctx.figure(wrong.expected, statement.item),
                "cell": ctx.cell(wrong.key),
            },
            difference=round(statement.value - wrong.expected, 6),
        )
