"""What the consolidated workbook needs of one submission beyond its summary figures: compact, and able to travel
between processes."""

from __future__ import annotations

from dataclasses import dataclass, field

from xltools.form import model as m
from xltools.form.layout import Key
from xltools.intake.submission import jsonable
from xltools.review.examined import Examined

Cell = str | int | float | bool | None
Place = tuple[str, str]
"""Sheet and cell in the sender's file."""


@dataclass(slots=True)
class Harvest:
    """Everything one workbook says. `values` follow the form's fields, each row of `tables` its table's columns; an
    open table gives only the rows that are not empty. `places` follow the form's summary fields."""

    version: str
    digest: str
    values: tuple[Cell, ...]
    tables: dict[str, tuple[tuple[Cell, ...], ...]] = field(default_factory=dict)
    places: tuple[Place, ...] = ()


def harvest(it: Examined) -> Harvest:
    """Return what a submission under review says: clean inputs as understood, the others not at all."""
    sub = it.submission
    return Harvest(
        sub.meta.get("version", ""),
        sub.meta.get("digest", ""),
        tuple(_value(it, Key(f.name), f) for f in sub.form.fields),
        {t.name: _rows(it, t) for t in sub.form.tables},
        tuple(_place(it, f) for f in sub.form.fields if f.summary),
    )


def _value(it: Examined, key: Key, item: m.Field | m.Column) -> Cell:
    """Return an input as it was understood, the engine's value of a computed cell; text columns keep what was typed."""
    reading = it.submission.readings.get(key)
    if reading is not None:
        if reading.value is None and reading.blank is None and not item.numeric:
            return None if reading.raw is None else str(reading.raw)
        return jsonable(reading.value)
    ref = it.submission.layout.cells.get(key)
    value = None if ref is None else it.values.get(ref)
    if value is None and isinstance(item, m.Field):
        return jsonable(item.constant)
    return None if value == "" else value


def _rows(it: Examined, table: m.Table) -> tuple[tuple[Cell, ...], ...]:
    """Return a table's rows: all of a fixed one, of an open one those with an input that is not empty.

    What the definition gives in a fixed row is not told again.
    """
    sub = it.submission
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
                else _value(it, Key(table.name, row, c.name), c)
                for c in table.columns
            )
        )
    return tuple(rows)


def _place(it: Examined, item: m.Field) -> Place:
    sub, key = it.submission, Key(item.name)
    ref = sub.where.get(key) or sub.locate(sub.layout.cells[key])
    return ref.sheet, ref.a1
