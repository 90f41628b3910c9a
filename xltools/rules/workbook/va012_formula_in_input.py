"""VA012: a formula was typed into an input cell."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.findings.texts import as_typed
from xltools.findings.values import Quoted
from xltools.rules.context import RuleContext
from xltools.rules.workbook.circular import circles

CARD = Card(
    code="VA012",
    level="notice",
    name=Pair("填报格里写了公式", "A formula in an input cell"),
    what=Pair(
        "浅黄色填报格里是否写了公式；公式有没有引用自己（循环引用）。",
        "Whether a formula stands in a pale yellow input, and whether it reads its own cell.",
    ),
    why=Pair(
        "公式引用的内容一变，填报数就跟着变，留不下依据；引用外部文件的还可能出错。",
        "The input changes with what the formula refers to, so nothing can be relied on; references to other files may fail.",
    ),
    basis=Pair(
        "填表说明：只填浅黄色单元格；基层报表审核通行做法",
        "The form's instructions: fill in the pale yellow cells only; common practice in reviewing basic-level reports.",
    ),
    says=Pair(
        "{label}里是公式 {there}，{how}",
        "{label} holds the formula {there}; {how}",
    ),
    fix=Pair("请改为数值。", "Replace it by its value."),
    fixes={"circle": Pair("请填这一项自己的数。", "Enter this item's own figure.")},
    example=Pair("执行数填成 =1900.21+280.03。", "The amount spent is =1900.21+280.03."),
    mended_by_return="replaced",
)

_RESULT = Pair("按它的结果 {value} 审核", "its result {value} was checked")
_CIRCLE = Pair(
    "它引用自己，或与别的单元格互相引用（循环引用），算不出结果",
    "it reads its own cell, a circular reference without a result",
)


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield one finding per input cell that holds a formula."""
    if all(reading.formula is None for reading in ctx.odd):
        return
    rings = circles(ctx.submission)
    for reading in ctx.odd:
        circular = reading.ref in rings
        if reading.formula is not None and (circular or reading.problem != "no_value"):
            how = _CIRCLE if circular else _RESULT.format(value=as_typed(reading.raw))
            yield ctx.say(
                CARD,
                reading.ref,
                ctx.label(reading.key),
                {"there": Quoted("=" + reading.formula), "how": how, "fix": "circle" if circular else ""},
                level="confirm" if circular else None,
                stated=reading.raw,
            )
