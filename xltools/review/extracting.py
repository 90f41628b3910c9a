"""Makes the extract of a submission under review: what the batch compares, what the consolidated workbook needs."""

from __future__ import annotations

import zlib
from collections.abc import Mapping

from xltools.bilingual import EMPTY, Pair, same
from xltools.findings.extract import NOWHERE, Compared, Harvest, SheetCell, Traits
from xltools.findings.values import Cell
from xltools.form import model as m
from xltools.form.address import Ref
from xltools.form.editions import Bridge
from xltools.form.layout import Key
from xltools.form.states import is_reason
from xltools.intake.submission import jsonable
from xltools.rules.context import RuleContext
from xltools.rules.quality.context import QualityContext, lines_of

COPYABLE = frozenset({"amount", "integer", "number"})
"""Types whose figures differ from department to department; scores, years and rates often agree by chance."""


def traits_of(quality: QualityContext) -> Traits:
    """Return the traits of a submission under review."""
    ctx = quality.ctx
    form = ctx.submission.form
    wanted = {f.previous for f in form.fields if f.previous}
    return Traits(
        {f.roster: _compared(ctx, f) for f in form.fields if f.roster and f.numeric and f.is_input},
        {f.previous: _compared(ctx, f) for f in form.fields if f.previous},
        {n: v for n in wanted if (v := ctx.sums.values.get(n)) is not None},
        _fingerprint(ctx),
        _no_problem(ctx),
        {f.name: _compared(ctx, f) for f in form.fields if f.name in form.total_fields},
        form.budget_field or "",
        _full_but_unmet(ctx),
        lines_of(quality),
    )


def _compared(ctx: RuleContext, item: m.Field) -> Compared:
    place = ctx.related(Key(item.name))
    value = ctx.sums.values.get(item.name)
    return Compared(item.name, same(item.label), value, place.sheet, place.cell, item.unit, item.decimals)


def _fingerprint(ctx: RuleContext) -> frozenset[int]:
    """Return marks of the figures that tell a department: of one digit, small departments share many; one amount that
    stands as budget, income and expenditure tells once."""
    found: dict[str, int] = {}
    for reading in ctx.numbers:
        if reading.value and reading.item.type in COPYABLE and reading.key.row < 0:
            shown = f"{reading.value:g}"
            if len(shown.partition("e")[0].replace(".", "").strip("-0")) > 1:
                found.setdefault(shown, zlib.crc32(f"{reading.key.field}={shown}".encode()))
    return frozenset(found.values())


def _no_problem(ctx: RuleContext) -> tuple[Pair, ...]:
    sub = ctx.submission
    return tuple(
        same(item.label)
        for item in sub.form.fields
        if item.type == "longtext"
        and item.required
        and (reading := sub.readings.get(Key(item.name))) is not None
        and not is_reason(str(reading.raw), sub.form.no_reason)
    )


def _full_but_unmet(ctx: RuleContext) -> Pair:
    """Name a row whose target was missed, where no judged score lost a point."""
    form, layout = ctx.submission.form, ctx.submission.layout
    judged = [(t, i) for t in form.tables if t.is_fixed and t.score_column for i in range(len(t.rows))]
    scores = []
    for table, index in judged:
        assert table.score_column is not None and table.weight_column is not None
        if table.is_input(index, table.column(table.score_column)):
            reading = ctx.submission.readings.get(Key(table.name, index, table.score_column))
            scores.append(reading is not None and reading.value == table.rows[index].get(table.weight_column))
    if not scores or not all(scores):
        return EMPTY
    for rule in form.rules:
        if rule.table is None or rule.level != "confirm" or form.table(rule.table).is_fixed or rule.op != ">=":
            continue
        span = layout.spans[rule.table, rule.code]
        for row in range(span.first, span.last + 1):
            if ctx.values.get(Ref(span.sheet, row, span.column)) in (m.OPEN, m.EXPLAINED):
                return ctx.row_name(form.table(rule.table), row - span.first)
    return EMPTY


def harvest(ctx: RuleContext, newest: m.Form) -> Harvest:
    """Return what a submission under review says: clean inputs as understood, the others not at all. A former edition
    speaks as the newest does; what it lacks is nothing."""
    sub = ctx.submission
    found = Harvest(
        sub.meta.get("version", ""),
        sub.meta.get("digest", ""),
        tuple(_value(ctx, Key(f.name), f) for f in sub.form.fields),
        {t.name: _rows(ctx, t) for t in sub.form.tables},
        tuple(_place(ctx, f) for f in sub.form.fields if f.summary),
    )
    return found if sub.form is newest else _as_newest(found, ctx, Bridge(sub.form, newest))


def _as_newest(found: Harvest, ctx: RuleContext, bridge: Bridge) -> Harvest:
    """Return what a former edition gave, in the newest one's order."""
    values = dict(zip((f.name for f in bridge.old.fields), found.values, strict=True))
    names = {f.name: bridge.former_field(f.name) for f in bridge.new.fields}
    here = {f.name: f for f in bridge.old.fields}
    return Harvest(
        bridge.old.version,
        bridge.old.digest,
        tuple(values.get(names[f.name] or "") for f in bridge.new.fields),
        {t.name: _newest_rows(found.tables, t, bridge) for t in bridge.new.tables},
        tuple(
            _place(ctx, here[former]) if (former := names[f.name]) is not None else NOWHERE
            for f in bridge.new.fields
            if f.summary
        ),
    )


def _newest_rows(
    found: Mapping[str, tuple[tuple[Cell, ...], ...]], table: m.Table, bridge: Bridge
) -> tuple[tuple[Cell, ...], ...]:
    rows = found.get(table.name, ())
    former = {c.name: at for old in bridge.old.tables if old.name == table.name for at, c in enumerate(old.columns)}
    places = [former.get(bridge.former_column(table.name, c.name) or "") for c in table.columns]
    wanted = (
        [bridge.former_row(table.name, row) for row in range(len(table.rows))]
        if table.is_fixed
        else list(range(len(rows)))
    )
    return tuple(
        tuple(None if row is None or row >= len(rows) or at is None else rows[row][at] for at in places)
        for row in wanted
    )


def _value(ctx: RuleContext, key: Key, item: m.Field | m.Column) -> Cell:
    """Return an input as it was understood, the engine's value of a computed cell; text columns keep what was typed."""
    reading = ctx.submission.readings.get(key)
    if reading is not None:
        if reading.value is None and reading.blank is None and not item.numeric:
            return None if reading.raw is None else str(reading.raw)
        return jsonable(reading.value)
    ref = ctx.submission.layout.cells.get(key)
    value = None if ref is None else ctx.values.get(ref)
    if value is None and isinstance(item, m.Field):
        return jsonable(item.constant)
    return None if value == "" else value


def _rows(ctx: RuleContext, table: m.Table) -> tuple[tuple[Cell, ...], ...]:
    """Return a table's rows: all of a fixed one, of an open one those with an input that is not empty.

    What the definition gives in a fixed row is not told again.
    """
    sub = ctx.submission
    if table.is_fixed:
        wanted = list(range(len(table.rows)))
    else:
        wanted = sorted({k.row for k in sub.readings if k.field == table.name})
    rows = []
    for row in wanted:
        constants = table.rows[row] if table.rows else {}
        rows.append(
            tuple(
                None
                if c.name in constants and table.cell_formula(row, c) is None
                else _value(ctx, Key(table.name, row, c.name), c)
                for c in table.columns
            )
        )
    return tuple(rows)


def _place(ctx: RuleContext, item: m.Field) -> SheetCell:
    sub, key = ctx.submission, Key(item.name)
    ref = sub.where.get(key) or sub.locate(sub.layout.cells[key])
    return ref.sheet, ref.a1


def figures_of(ctx: RuleContext) -> dict[str, Cell]:
    """Return the form's summary fields with their values (the engine's for computed ones)."""
    sub = ctx.submission
    found: dict[str, Cell] = {}
    for item in sub.form.fields:
        if not item.summary:
            continue
        key = Key(item.name)
        if item.is_input:
            reading = sub.readings.get(key)
            found[item.name] = None if reading is None else jsonable(reading.value)
        else:
            value = ctx.value(key)
            found[item.name] = None if value == "" else value
    return found
