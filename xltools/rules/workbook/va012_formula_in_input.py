"""VA012: a formula was typed into an input cell."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.findings.values import Quoted, Typed
from xltools.rules.context import RuleContext

CARD = Card(
    code="VA012",
    level="notice",
    name=Pair("填报格里写了公式", "A formula in an input cell"),
    what=Pair("浅黄色填报格里是否写了公式。", "Whether a formula stands in a pale yellow input."),
    why=Pair(
        "公式引用的内容一变，填报数就跟着变，留不下依据；引用外部文件的还可能出错。",
        "The input changes with what the formula refers to, so nothing can be relied on; references to other files may fail.",
    ),
    basis=Pair(
        "填表说明：只填浅黄色单元格；基层报表审核通行做法",
        "The form's instructions: fill in the pale yellow cells only; common practice in reviewing basic-level reports.",
    ),
    says=Pair(
        "{label}里是公式 {there}，按它的结果 {value} 审核",
        "{label} holds the formula {there}; its result {value} was checked",
    ),
    fix=Pair("请改为数值。", "Replace it by its value."),
    example=Pair("执行数填成 =1900.21+280.03。", "The amount spent is =1900.21+280.03."),
    mended_by_return="replaced",
)


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield one finding per input cell that holds a formula."""
    for reading in ctx.odd:
        if reading.formula is not None and reading.problem != "no_value":
            yield ctx.say(
                CARD,
                reading.ref,
                ctx.label(reading.key),
                {"there": Quoted("=" + reading.formula), "value": Typed(reading.raw)},
                stated=reading.raw,
            )
