"""NA008: a figure's unit is not the workbook's (元 for 万元)."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.rules.narrative.context import NarrativeContext

CARD = Card(
    code="NA008",
    level="error",
    name="报告中的单位写错",
    name_en="The unit is wrong",
    what="报告中的金额与工作簿相差整千、整万倍的，或指标的计量单位与工作簿不同的。",
    why="单位写错，金额就差一万倍。",
    basis="工作簿金额单位",
    fix="请改正单位或数字。",
    fix_en="Correct the unit or the figure.",
    example="报告写“2180.24 元”，工作簿为 2180.24 万元。",
    says="{label}写作 {there}，工作簿 {cell} 为 {right}，像是单位写错",
    says_en="{label} is given as {there}, the workbook ({cell}) has {right}: the unit seems wrong",
)


def find(ctx: NarrativeContext) -> Iterator[Finding]:
    """Yield one finding per figure whose unit is off."""
    for wrong in ctx.mismatches:
        if wrong.kind == "unit":
            statement = wrong.statement
            yield ctx.contradict(
                CARD,
                wrong,
                there=f"“{statement.raw}”",
                right=ctx.figure(wrong.expected, statement.item),
                cell=ctx.cell(wrong.key),
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
            label=ctx.label(key, statement.title),
            stated=statement.value,
            expected=right,
            related=ctx.related(key),
            there=f"“{statement.value}”",
            right=f"“{right}”",
            cell=ctx.cell(key),
        )


def _plain(unit: str) -> str:
    return {"名": "人", "位": "人", "％": "%"}.get("".join(unit.split()), "".join(unit.split()))
