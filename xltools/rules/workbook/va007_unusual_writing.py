"""VA007: a number, date or choice that was understood although written unusually."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.findings.values import Figure, Joined, Typed, Value
from xltools.intake.submission import jsonable
from xltools.rules.context import RuleContext

CARD = Card(
    code="VA007",
    level="notice",
    name=Pair("写法不规范（已读懂）", "Written unusually, understood"),
    what=Pair(
        "数字、日期、选项是否带单位、逗号、百分号、全角字符，或按文本存放。",
        "Whether a number, date or choice carries a unit, commas, a percent sign or full-width characters, or is stored as text.",
    ),
    why=Pair(
        "Excel 会把它当作文字，合计时漏算；本程序已读懂，工作簿里的校验仍显示“数据有误”。",
        "Excel takes it for text and leaves it out of sums; the check understood it, the workbook itself still says “数据有误”.",
    ),
    basis=Pair(
        "填表说明：只填浅黄色单元格；基层报表审核通行做法",
        "The form's instructions: fill in the pale yellow cells only; common practice in reviewing basic-level reports.",
    ),
    says=Pair(
        "{label}填的是{there}（{habits}），按 {understood} 审核",
        "{label} holds {there} ({habits}); it was taken as {understood}",
    ),
    fix=Pair("请改为纯数字。", "Enter the plain number."),
    fixes={
        "date": Pair("请按 2024-03-20 的样子填写。", "Write it like 2024-03-20."),
        "choice": Pair("请从下拉列表中选择。", "Choose it from the list."),
        "percent": Pair("比率以百分数填写，95.53 表示 95.53%。", "Rates are entered in percent: 95.53 means 95.53 %."),
    },
    example=Pair("执行数填成“2,180.24万元”。", "The amount spent is “2,180.24万元”."),
)

HABITS = {
    "text": Pair("按文本存放", "stored as text"),
    "fullwidth": Pair("全角字符", "full-width characters"),
    "thousands": Pair("千分位逗号", "thousands separators"),
    "unit": Pair("带单位", "unit typed in the cell"),
    "percent": Pair("带百分号", "percent sign"),
    "spaces": Pair("多余空格或全角符号", "stray spaces or wide signs"),
    "currency": Pair("带货币符号", "currency sign"),
    "scaled": Pair("换算了单位", "other unit, converted"),
    "chinese": Pair("中文数字", "Chinese numerals"),
    "parentheses": Pair("括号表示负数", "negative in brackets"),
    "sign": Pair("正负号写法", "unusual sign"),
}


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield one finding per value that had to be understood."""
    for reading in ctx.odd:
        if not reading.habits or reading.value is None:
            continue
        habits = Joined(tuple(HABITS.get(habit, habit) for habit in reading.habits))
        value, item = reading.value, reading.item
        decimals = item.decimals if isinstance(value, float) else 0
        understood: Value
        if isinstance(value, date):
            understood = value.isoformat()
        elif reading.unit:
            understood = f"{value:.15g}{reading.unit}"
        else:
            understood = Figure(value, decimals, item.unit)
        fix = "percent" if "percent" in reading.habits else "choice" if item.choices else item.type
        yield ctx.say(
            CARD,
            reading.ref,
            ctx.label(reading.key),
            {"there": Typed(reading.raw), "habits": habits, "understood": understood, "fix": fix},
            stated=reading.raw,
            expected=jsonable(value),
        )
