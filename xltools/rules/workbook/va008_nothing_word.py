"""VA008: a dash or “无” in a number cell."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.findings.wording import as_typed
from xltools.form import model as m
from xltools.rules.context import RuleContext
from xltools.rules.requirements import needed

CARD = Card(
    code="VA008",
    level="notice",
    name="数字格里填了“—”或“无”",
    name_en="A dash or “none” in a number cell",
    what="数字单元格里是否填了“—”“无”“/”一类的符号。",
    why="0、空白、“—”、“无”意思不同：没有发生、不掌握、不适用，Excel 计算时也不同。",
    basis="填表说明：只填浅黄色单元格；基层报表审核通行做法",
    fix="没有发生的填 0，不掌握的留空。",
    fix_en="Enter 0 where there was none, leave it blank where it is not known.",
    example="政府性基金预算财政拨款收入填“—”。",
    says="{label}填的是{there}，按未填处理",
    says_en="{label} holds {there}; it was taken as not given",
)


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield one finding per number cell that holds a word or sign for nothing (required ones are VA001's)."""
    for reading in ctx.odd:
        if reading.blank in ("dash", "none_word") and not (
            isinstance(reading.item, m.Field) and needed(ctx.submission, reading.item)
        ):
            yield ctx.say(CARD, reading.ref, ctx.label(reading.key), stated=reading.raw, there=as_typed(reading.raw))
