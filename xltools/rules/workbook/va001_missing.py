"""VA001: an input that the form requires is missing."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair, same
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.form import model as m
from xltools.form.layout import Key
from xltools.rules.context import RuleContext
from xltools.rules.requirements import applies, is_nothing, needed

CARD = Card(
    code="VA001",
    level="error",
    name=Pair("必填项未填", "A required input is missing"),
    what=Pair("表格规定必填的单元格是否都已填写。", "Whether every cell that the form requires is filled in."),
    why=Pair("缺了必填项，收支、得分都无法核对。", "Without it neither the accounts nor the scores can be verified."),
    basis=Pair(
        "填表说明：只填浅黄色单元格；基层报表审核通行做法",
        "The form's instructions: fill in the pale yellow cells only; common practice in reviewing basic-level reports.",
    ),
    says=Pair("{label}没有填写", "{label} is not filled in"),
    fix=Pair("请补填；没有发生的填 0。", "Fill it in; enter 0 where there was none."),
    fixes={"words": Pair("请补填。", "Fill it in.")},
    example=Pair("“支出总计”是空的。", "Total expenditure is empty."),
    may_lead="confirm",
)
_COUNTED = frozenset({"amount", "integer", "number", "percent", "score"})


def _fix(item: m.Field | m.Column) -> str:
    """Where no amount is asked for, a 0 would say nothing."""
    return "" if item.type in _COUNTED else "words"


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield one finding per required field or table cell that holds nothing."""
    sub = ctx.submission
    lost = set(sub.structure.unbound)
    gone = {n for n, home in sub.structure.sheet_of.items() if home is None}
    for item in sub.form.fields:
        key = Key(item.name)
        if not item.is_input or key in lost or sub.layout.cells[key].sheet in gone:
            continue
        if needed(sub, item) and is_nothing(sub.readings.get(key)) and not _answered_by_another(ctx, item):
            ref = sub.where.get(key) or sub.layout.cells[key]
            yield ctx.say(CARD, ref, ctx.label(key), {"fix": _fix(item)})
    for table in sub.form.tables:
        if table.sheet not in gone:
            yield from _rows(ctx, table)


def _answered_by_another(ctx: RuleContext, item: m.Field) -> bool:
    """True for what is asked only in place of figures of which one, missing, is told itself: it is one gap."""
    sub = ctx.submission
    others = () if item.required or item.required_with else item.required_unless
    blank = [sub.form.field(name) for name in others if is_nothing(sub.readings.get(Key(name)))]
    return any(needed(sub, other) for other in blank)


def _rows(ctx: RuleContext, table: m.Table) -> Iterator[Finding]:
    sub = ctx.submission
    used = 0
    filled = {key.row for key in sub.readings if key.field == table.name}
    for index in range(sub.layout.capacities[table.name]):
        if index not in filled and not table.is_fixed:
            continue
        columns = table.columns_in(index)
        if index not in filled and not any(c.required for c in columns):
            continue
        used += 1
        for column in columns:
            key = Key(table.name, index, column.name)
            if (
                column.required
                and key not in sub.structure.unbound
                and applies(sub, table, index, column)
                and is_nothing(sub.readings.get(key))
            ):
                ref = sub.where.get(key) or sub.locate(sub.layout.cells[key])
                yield ctx.say(CARD, ref, ctx.label(key), {"fix": _fix(column)})
    if not table.is_fixed and used < table.min_rows:
        first = next(c for c in table.columns if c.required)
        key = Key(table.name, 0, first.name)
        ref = sub.where.get(key) or sub.locate(sub.layout.cells[key])
        yield ctx.say(CARD, ref, same(table.label), {"fix": "words"})
