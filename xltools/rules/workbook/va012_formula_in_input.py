"""VA012: a formula was typed into an input cell."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.findings.wording import as_typed, quoted
from xltools.rules.context import RuleContext

CARD = Card(
    code="VA012",
    level="notice",
    name="填报格里写了公式",
    name_en="A formula in an input cell",
    what="浅黄色填报格里是否写了公式。",
    why="公式引用的内容一变，填报数就跟着变，留不下依据；引用外部文件的还可能出错。",
    basis="填表说明：只填浅黄色单元格；基层报表审核通行做法",
    fix="请改为数值。",
    fix_en="Replace it by its value.",
    example="执行数填成 =1900.21+280.03。",
    says="{label}里是公式 {there}，按它的结果 {value} 审核",
    says_en="{label} holds the formula {there}; its result {value} was checked",
)


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield one finding per input cell that holds a formula."""
    for reading in ctx.odd:
        if reading.formula is not None and reading.problem != "no_value":
            yield ctx.say(
                CARD,
                reading.ref,
                ctx.label(reading.key),
                stated=reading.raw,
                there=quoted("=" + reading.formula),
                value=as_typed(reading.raw),
            )
