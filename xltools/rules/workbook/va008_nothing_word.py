"""VA008: a dash or “无” in a number cell."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.findings.values import Typed
from xltools.form import model as m
from xltools.intake.submission import Reading
from xltools.rules.context import RuleContext
from xltools.rules.requirements import needed

CARD = Card(
    code="VA008",
    level="notice",
    name=Pair("数字格里填了“—”或“无”", "A dash or “none” in a number cell"),
    what=Pair(
        "数字单元格里是否填了“—”“无”“/”一类的符号。", "Whether a number cell holds a dash, “无”, “/” or the like."
    ),
    why=Pair(
        "0、空白、“—”、“无”意思不同：没有发生、不掌握、不适用，Excel 计算时也不同。",
        "0, blank, a dash and “none” differ in meaning (nothing happened, not known, not applicable) and in what Excel makes of them.",
    ),
    basis=Pair(
        "填表说明：只填浅黄色单元格；基层报表审核通行做法",
        "The form's instructions: fill in the pale yellow cells only; common practice in reviewing basic-level reports.",
    ),
    says=Pair("{label}填的是{there}，按未填处理", "{label} holds {there}; it was taken as not given"),
    fix=Pair("没有发生的填 0，不掌握的留空。", "Enter 0 where there was none, leave it blank where it is not known."),
    example=Pair("政府性基金预算财政拨款收入填“—”。", "A dash stands for the income of the government funds."),
)


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield one finding per number cell that holds a word or sign for nothing (required ones are VA001's)."""
    for reading in ctx.odd:
        if reading.blank in ("dash", "none_word") and not _at_home(ctx, reading):
            yield ctx.say(CARD, reading.ref, ctx.label(reading.key), {"there": Typed(reading.raw)}, stated=reading.raw)


def _at_home(ctx: RuleContext, reading: Reading) -> bool:
    """True where the cell must be filled, which VA001 tells, or may hold just this word."""
    item = reading.item
    return isinstance(item, m.Field) and (needed(ctx.submission, item) or str(reading.raw).strip() in item.nothing)
