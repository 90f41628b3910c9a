"""NA008: a figure's unit is not the workbook's (元 for 万元)."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.findings.values import Quoted
from xltools.rules.narrative.context import NarrativeContext

CARD = Card(
    code="NA008",
    level="error",
    name=Pair("报告中的单位写错", "The unit is wrong"),
    what=Pair(
        "报告中的金额与工作簿相差整千、整万倍的，或指标的计量单位与工作簿不同的。",
        "Whether an amount of the narrative is a thousand or ten thousand times the workbook's, or an indicator's unit is another one.",
    ),
    why=Pair("单位写错，金额就差一万倍。", "With a wrong unit an amount is off ten thousand times."),
    basis=Pair("工作簿金额单位", "The workbook's unit of amounts."),
    says=Pair(
        "{label}写作 {there}，工作簿 {cell} 为 {right}，像是单位写错",
        "{label} is given as {there}, the workbook ({cell}) has {right}: the unit seems wrong",
    ),
    fix=Pair("请改正单位或数字。", "Correct the unit or the figure."),
    example=Pair(
        "报告写“2180.24 元”，工作簿为 2180.24 万元。", "The narrative says 2180.24 元, the workbook 2180.24 万元."
    ),
)


def find(ctx: NarrativeContext) -> Iterator[Finding]:
    """Yield one finding per figure whose unit is off."""
    for wrong in ctx.mismatches:
        if wrong.kind == "unit":
            statement = wrong.statement
            yield ctx.contradict(
                CARD,
                wrong,
                {
                    "there": Quoted(statement.raw),
                    "right": ctx.figure(wrong.expected, statement.item),
                    "cell": ctx.cell(wrong.key),
                },
            )
    yield from _row_units(ctx)


def _row_units(ctx: NarrativeContext) -> Iterator[Finding]:
    """The units of indicators, where both say one."""
    columns = {(r.table, r.unit) for r in ctx.narrative.phrases.rows if r.unit}
    for statement in ctx.narrative.statements:
        if (statement.key.field, statement.key.column) not in columns:
            continue
        key = ctx.workbook_key(statement)
        right = ctx.workbook_value(key) if key is not None else None
        if key is None or not isinstance(right, str) or _plain(right) == _plain(str(statement.value)):
            continue
        yield ctx.say(
            CARD,
            statement.place,
            {"there": Quoted(str(statement.value)), "right": Quoted(right), "cell": ctx.cell(key)},
            label=ctx.label(key, statement.title),
            stated=statement.value,
            expected=right,
            related=ctx.related(key),
        )


def _plain(unit: str) -> str:
    return {"名": "人", "位": "人", "％": "%"}.get("".join(unit.split()), "".join(unit.split()))
