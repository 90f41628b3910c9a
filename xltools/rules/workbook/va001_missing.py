"""VA001: an input that the form requires is missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.form import model as m
from xltools.form.layout import Key
from xltools.rules.context import RuleContext
from xltools.rules.requirements import applies, is_nothing, needed

CARD = Card(
    code="VA001",
    level="error",
    name="必填项未填",
    name_en="A required input is missing",
    what="表格规定必填的单元格是否都已填写。",
    why="缺了必填项，收支、得分都无法核对。",
    basis="填表说明：只填浅黄色单元格；基层报表审核通行做法",
    fix="请补填；没有发生的填 0。",
    fix_en="Fill it in; enter 0 where there was none.",
    example="“支出总计”是空的。",
    says="{label}没有填写",
    says_en="{label} is not filled in",
)
_WORDS = replace(CARD, fix="请补填。", fix_en="Fill it in.")
"""The same where no amount is asked for: a 0 would say nothing there."""
_COUNTED = frozenset({"amount", "integer", "number", "percent", "score"})


def _card(item: m.Field | m.Column) -> Card:
    return CARD if item.type in _COUNTED else _WORDS


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield one finding per required field or table cell that holds nothing."""
    sub = ctx.submission
    lost = set(sub.structure.unbound)
    gone = {n for n, home in sub.structure.sheet_of.items() if home is None}
    for item in sub.form.fields:
        key = Key(item.name)
        if not item.is_input or key in lost or sub.layout.cells[key].sheet in gone:
            continue
        if needed(sub, item) and is_nothing(sub.readings.get(key)):
            yield ctx.say(_card(item), sub.where.get(key) or sub.layout.cells[key], ctx.label(key))
    for table in sub.form.tables:
        if table.sheet not in gone:
            yield from _rows(ctx, table)


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
                yield ctx.say(_card(column), sub.where.get(key) or sub.locate(sub.layout.cells[key]), ctx.label(key))
    if not table.is_fixed and used < table.min_rows:
        first = next(c for c in table.columns if c.required)
        key = Key(table.name, 0, first.name)
        yield ctx.say(_WORDS, sub.where.get(key) or sub.locate(sub.layout.cells[key]), table.label)
