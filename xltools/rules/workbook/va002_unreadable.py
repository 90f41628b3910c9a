"""VA002: text where a number or date is asked, that cannot be understood for certain."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import EMPTY, Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.findings.values import Typed
from xltools.intake.cells.typed import is_beyond
from xltools.rules.context import RuleContext

CARD = Card(
    code="VA002",
    level="error",
    name=Pair("不是数字", "Not a number"),
    what=Pair(
        "应填数字（或日期）的单元格里，内容能否确切读成数字；显示为日期、时间的不是数字。",
        "Whether what stands in a cell for a number or date can be read as one for certain; what is shown as a date or time is no number.",
    ),
    why=Pair(
        "读不准的数字不能猜，有关的审核也就无法进行。",
        "What cannot be read for certain must not be guessed; its rules cannot be evaluated.",
    ),
    basis=Pair(
        "填表说明：只填浅黄色单元格；基层报表审核通行做法",
        "The form's instructions: fill in the pale yellow cells only; common practice in reviewing basic-level reports.",
    ),
    says=Pair("{label}填的是{there}{how}，不能读成{asked}", "{label} holds {there}{how}, which is not {asked}"),
    fix=Pair("请只填数字，不带文字、单位和符号。", "Enter the number alone, without words, units or signs."),
    fixes={
        "date": Pair("请按 2024-03-20 的样子填写。", "Write it like 2024-03-20."),
        "moment": Pair(
            "请把单元格格式改为“常规”或“数值”，再填数字。", "Set the cell's format to General, then enter the number."
        ),
        "formula": Pair(
            "请改为数值；或用 Excel、WPS 打开，重新计算后保存。",
            "Enter the value; or open it in Excel or WPS, recalculate and save.",
        ),
    },
    example=Pair("实际完成值填成“≥266米”。", "The actual value is “≥266米”."),
    may_lead="confirm",
)
_ASKED = {"date": Pair("日期", "a date"), "year": Pair("年份", "a year")}
_NUMBER = Pair("数字", "a number")
_MOMENT = Pair("（日期或时间）", " (a date or time)")
_NO_RESULT = Pair("（公式，文件里没有计算结果）", " (a formula without its result)")
_BEYOND = Pair("15 位以内的数字", "a number of at most fifteen digits")


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield one finding per cell whose content is not a number, a date or a value at all."""
    for reading in ctx.odd:
        if reading.problem not in ("unreadable", "no_value"):
            continue
        if reading.problem == "no_value" and not reading.item.numeric:
            continue
        asked = _ASKED.get(reading.item.type, _BEYOND if is_beyond(reading.raw) else _NUMBER)
        there, how = Typed(reading.raw), EMPTY
        fix: str = reading.item.type
        if reading.problem == "no_value":
            there, how, fix = Typed(f"={reading.formula}"), _NO_RESULT, "formula"
        elif reading.shown:
            there, how, fix = Typed(reading.shown), _MOMENT, "moment"
        yield ctx.say(
            CARD,
            reading.ref,
            ctx.label(reading.key),
            {"there": there, "how": how, "asked": asked, "fix": fix},
            stated=reading.raw,
        )
