"""From flat values (what `read` gives) to what goes into a workbook's inputs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from xltools.errors import UsageError
from xltools.form import model as m
from xltools.form.layout import Key, Layout
from xltools.form.nearest import nearest

EXPLANATION = "核实说明_"


def capacities_for(form: m.Form, values: Mapping[str, Any]) -> dict[str, int]:
    """Return the rows each open table needs to hold `values`."""
    return {t.name: max(t.capacity, len(values.get(t.name) or [])) for t in form.tables if not t.is_fixed}


def cell_values(layout: Layout, values: Mapping[str, Any]) -> dict[Key, m.Scalar]:
    """Return the value of each input. Raises UsageError (with the nearest word) for a name the form does not have."""
    form = layout.form
    tables = {t.name: t for t in form.tables}
    inputs = {f.name: f for f in form.fields if f.is_input}
    notes = {k.field for k in layout.inputs if k.field.startswith(EXPLANATION)}
    found: dict[Key, m.Scalar] = {}
    for name, value in values.items():
        if name in tables:
            found |= _table_values(tables[name], value, layout)
        elif name in inputs:
            found[Key(name)] = typed(inputs[name], value)
        elif name in notes:
            found[Key(name)] = value
        else:
            known = [*inputs, *tables, *notes]
            raise UsageError(f"表格 {form.id} 没有名为“{name}”的填报项{nearest(name, known)}")
    return {key: value for key, value in found.items() if value is not None and value != ""}


def _table_values(table: m.Table, rows: Any, layout: Layout) -> dict[Key, m.Scalar]:
    if not isinstance(rows, list) or not all(isinstance(r, dict) for r in rows):
        raise UsageError(f"“{table.name}”应为行的列表，每行是 列名 → 值")
    if len(rows) > layout.capacities[table.name]:
        raise UsageError(f"“{table.name}”有 {len(rows)} 行，表格只有 {layout.capacities[table.name]} 行")
    found: dict[Key, m.Scalar] = {}
    keys = {str(r.get(table.key_column)): i for i, r in enumerate(table.rows)} if table.key_column else {}
    for position, row in enumerate(rows):
        index = position
        if table.is_fixed and table.key_column and table.key_column in row:
            wanted = str(row[table.key_column])
            if wanted not in keys:
                raise UsageError(f"“{table.name}”没有{table.key_column}“{wanted}”这一行{nearest(wanted, keys)}")
            index = keys[wanted]
        columns = {c.name: c for c in table.columns if table.is_input(index, c)}
        for name, value in row.items():
            if name == table.key_column:
                continue
            if name not in columns:
                raise UsageError(f"“{table.name}”第 {position + 1} 行没有名为“{name}”的填报列{nearest(name, columns)}")
            found[Key(table.name, index, name)] = typed(columns[name], value)
    return found


def typed(item: m.Field | m.Column, value: Any) -> m.Scalar:
    """Return a JSON value as its cell holds it: an ISO date becomes a date; everything else stays as it is."""
    if value is None or isinstance(value, bool | int | float | date):
        return value
    if not isinstance(value, str):
        raise UsageError(f"“{item.name}”的值应为文本或数字，现为 {type(value).__name__}")
    if item.type == "date" and len(value) == 10:
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value
    return value


def defaults(form: m.Form) -> dict[Key, m.Scalar]:
    """Return the values a blank workbook starts with."""
    return {Key(f.name): f.default for f in form.fields if f.default is not None and f.is_input}
