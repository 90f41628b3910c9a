"""VA007: a number, date or choice that was understood although written unusually."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.findings.wording import HABIT_WORDS, as_typed, figure
from xltools.intake.submission import jsonable
from xltools.rules.context import RuleContext

CARD = Card(
    code="VA007",
    level="notice",
    name="数字写法不规范（已读懂）",
    name_en="Written unusually, understood",
    what="数字是否带单位、逗号、百分号、全角字符，或按文本存放。",
    why="Excel 会把它当作文字，合计时漏算；本程序已读懂，工作簿里的校验仍显示“数据有误”。",
    basis="填表说明：只填浅黄色单元格；基层报表审核通行做法",
    fix="请改为纯数字。",
    fix_en="Enter the plain number.",
    example="执行数填成“2,180.24万元”。",
    says="{label}填的是{there}（{habits}），按 {understood} 审核",
    says_en="{label} holds {there} ({habits}); it was taken as {understood}",
)


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield one finding per value that had to be understood."""
    for reading in ctx.odd:
        if not reading.habits or reading.value is None:
            continue
        words = HABIT_WORDS[ctx.lang]
        habits = ("、" if ctx.lang == "zh" else ", ").join(words.get(h, h) for h in reading.habits)
        decimals = reading.item.decimals if isinstance(reading.value, float) else 0
        yield ctx.say(
            CARD,
            reading.ref,
            ctx.label(reading.key),
            stated=reading.raw,
            expected=jsonable(reading.value),
            there=as_typed(reading.raw),
            habits=habits,
            understood=figure(reading.value, decimals, reading.item.unit),
        )
