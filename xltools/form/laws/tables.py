"""Laws of tables.toml: columns, fixed rows, and weights that add up to what the table says."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.boundary.walk import Fault
from xltools.form import model as m
from xltools.form.laws.fields import limits
from xltools.form.laws.places import CHOICE, COLUMN, known, place

FILE = "tables.toml"
MAX_CAPACITY = 1000
_SCORED = ("direction", "target", "actual", "share", "rate", "weight", "score")
_NAMING = ("title_column", "reason_column", "key_column", "weight_column", "score_column")


def laws(form: m.Form) -> Iterator[Fault]:
    """Yield what is wrong with the tables."""
    for table in form.tables:
        where = place(FILE, "table", table.name)
        names = [c.name for c in table.columns]
        if not table.rows and not table.capacity:
            says = Pair("没有固定行的表格要写行数", "a table without fixed rows needs its number of rows")
            yield Fault(f"{where}.capacity", says)
        elif not 0 < table.capacity <= MAX_CAPACITY:
            says = Pair(f"行数应在 1 到 {MAX_CAPACITY} 之间", f"1 to {MAX_CAPACITY} rows")
            yield Fault(f"{where}.capacity", says)
        for key in _NAMING:
            value = getattr(table, key)
            if value is not None:
                yield from known(f"{where}.{key}", value, names, COLUMN)
        if table.scoring is not None:
            for key in _SCORED:
                yield from known(f"{where}.scoring.{key}", getattr(table.scoring, key), names, COLUMN)
        for name in table.group_columns:
            yield from known(f"{where}.group_columns", name, names, COLUMN)
        for column in table.columns:
            yield from _column(table, column, names)
        yield from _keys(table)
        yield from _weights(table, where)


def _column(table: m.Table, column: m.Column, names: list[str]) -> Iterator[Fault]:
    where = place(FILE, "column", f"{table.name}.{column.name}")
    yield from limits(column, where)
    for name in column.last_year:
        yield from known(f"{where}.last_year", name, names, COLUMN)
    if column.last_year and (column.required or column.formula is not None or column.type != "text"):
        says = Pair(
            "引用上年内容的列应为文字，不能必填，也没有公式", "a look back at last year is a text, never asked for"
        )
        yield Fault(f"{where}.last_year", says)
    if column.applies is None:
        return
    yield from known(f"{where}.applies.column", column.applies.column, names, COLUMN)
    choices = next((c.choices for c in table.columns if c.name == column.applies.column), ())
    for value in column.applies.values if choices else ():
        yield from known(f"{where}.applies.values", value, choices, CHOICE)


def _keys(table: m.Table) -> Iterator[Fault]:
    """Each fixed row has a key of its own."""
    if table.key_column is None:
        return
    keys = [row.get(table.key_column) for row in table.rows]
    for number, key in enumerate(keys, start=1):
        row = place(FILE, "row", f"{table.name} {number}", table.key_column)
        values = {"n": number, "column": table.key_column, "key": key}
        if key is None:
            says = Pair("固定行第 {n} 行没有写{column}", "fixed row {n} has no {column}")
            yield Fault(row, says.format(**values))
        elif key in keys[: number - 1]:
            says = Pair("固定行的{column}“{key}”重复", "two fixed rows have the {column} “{key}”")
            yield Fault(row, says.format(**values))


def _weights(table: m.Table, where: str) -> Iterator[Fault]:
    """The weights of the fixed rows add up to `total`."""
    if table.weight_column is None or table.total is None:
        return
    weights = [row.get(table.weight_column) for row in table.rows]
    numbers = [w for w in weights if isinstance(w, int | float) and not isinstance(w, bool)]
    if len(numbers) < len(weights):
        says = Pair("每一固定行都要有数字的{column}", "every fixed row needs a number as its {column}")
        yield Fault(where, says.format(column=table.weight_column))
        return
    total = round(sum(map(float, numbers)), 6)
    if total != table.total:
        says = Pair("各行{column}合计 {sum:g}，应为 {total:g}", "the rows' {column} add up to {sum:g}, not {total:g}")
        yield Fault(f"{where}.total", says.format(column=table.weight_column, sum=total, total=table.total))
