"""ST019: an error value (#REF!, #DIV/0! …) in an input or a computed cell."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding, Related
from xltools.findings.texts import cell_runs
from xltools.findings.values import Quoted
from xltools.rules.context import RuleContext
from xltools.rules.workbook.altered import alteration, is_error_value

CARD = Card(
    code="ST019",
    level="error",
    name=Pair("单元格是错误值", "An error value"),
    what=Pair(
        "填报格和计算格里有没有 #REF!、#DIV/0!、#NAME? 一类的错误值。",
        "Whether an input or computed cell holds #REF!, #DIV/0!, #NAME? or the like.",
    ),
    why=Pair(
        "错误值说明引用的内容被删或公式被破坏，后面的合计和得分都会跟着出错。",
        "An error value means that something referred to is gone or a formula is broken; totals and scores go wrong with it.",
    ),
    basis=Pair(
        "填表说明：只填浅黄色单元格；基层报表审核通行做法",
        "The form's instructions: fill in the pale yellow cells only; common practice in reviewing basic-level reports.",
    ),
    says=Pair("{label}是错误值 {there}{more}", "{label} is the error value {there}{more}"),
    fix=Pair(
        "填报格请填数字；计算格请恢复公式（从下发的空白表复制）后重新计算。",
        "Enter a number in an input; restore the formula of a computed cell and recalculate.",
    ),
    example=Pair(
        "执行数引用了已删除的工作表，显示 #REF!。", "The amount spent refers to a deleted sheet and shows #REF!."
    ),
    may_lead="confirm",
)

_MORE = Pair("，同类共 {count} 格：{cells}", ", {count} cells in all: {cells}")


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield one finding per input that is an error (错误), and one for the computed cells that show one although
    their formula is the template's (提示: the check recalculates)."""
    sub = ctx.submission
    for reading in ctx.odd:
        if reading.problem == "error_value":
            yield ctx.say(
                CARD,
                reading.ref,
                ctx.label(reading.key),
                {"there": Quoted(str(reading.raw)), "more": ""},
                stated=reading.raw,
            )
    shown = [
        (ref, found)
        for ref, found in sub.computed.items()
        if is_error_value(found.cached) and alteration(sub.layout.formulas[ref], found) == "same"
    ]
    if not shown or any(r.problem == "error_value" for r in ctx.odd):
        return
    shown.sort(key=lambda s: s[0] not in sub.layout.computed)
    ref, found = shown[0]
    key = sub.layout.by_cell[ref].key
    cells = cell_runs([c.ref.a1 for _, c in shown if c.ref.sheet == found.ref.sheet])
    more = _MORE.format(count=len(shown), cells=cells)
    yield ctx.say(
        CARD,
        found.ref,
        ctx.label(key) if key is not None else ctx.cell_label(ref),
        {"there": Quoted(str(found.cached)), "more": more if len(shown) > 1 else ""},
        level="notice",
        stated=found.cached,
        expected=ctx.values.get(ref),
        related=tuple(Related(c.ref.sheet, c.ref.a1) for _, c in shown[1:20]),
    )
