"""From flat values (what `read` gives) to what goes into a workbook's inputs. Rows of tables count from 0."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Any

import msgspec

from xltools.bilingual import Pair, same
from xltools.boundary.nearest import nearest
from xltools.boundary.plain import shown
from xltools.boundary.walk import GATHERED, SHOWN, Fault, below, entry, faults, refusal, unknown_keys
from xltools.errors import UsageError
from xltools.form import model as m
from xltools.form.layout import Key, Layout
from xltools.form.values import MOST_TEXT, dated, units
from xltools.intake.binding.meta import MOST_ROWS
from xltools.intake.cells.typed import in_list, is_beyond
from xltools.intake.own_files import read_json

_WHAT = Pair("文件", "file")
_LONG = Pair("有 {length} 字，一个单元格最多 {most} 字", "{length} characters; a cell holds {most}")
_BEYOND = Pair("应为 15 位以内的数字，现为 {shown}", "expected a number of at most fifteen digits, found {shown}")
_REFUSED = Pair("--values 用不了", "--values cannot be used")


class _Reading(msgspec.Struct, frozen=True):
    """What `read` gives, as far as values are taken from it; what else it says is evidence."""

    values: dict[str, Any]
    form: str = ""


def read_values(path: Path, form: m.Form) -> dict[str, Any]:
    """Read the values of a JSON file: what `read` gives, or its `values` object alone. Raises UsageError with
    everything that the form does not have or cannot hold."""
    data: Any = read_json(path, _WHAT)
    found: list[Fault] = []
    values, place = data, path.name
    if isinstance(data, dict) and isinstance(data.get("values"), dict):
        values, place = data["values"], below(path.name, "values")
        found += faults(data, _Reading, path.name)
        if not found and data.get("form", form.id) != form.id:
            says = Pair("是表格 {other} 的值，不是 {id} 的", "holds values of the form {other}, not of {id}")
            found.append(Fault(path.name, says.format(other=data["form"], id=form.id)))
    found = found or value_faults(values, form, place)
    if found:
        raise UsageError(refusal(_REFUSED, found))
    return dict(values)


def value_faults(values: Any, form: m.Form, place: str) -> list[Fault]:
    """Return everything in values that the form does not have or cannot hold."""
    unfit = faults(values, _shape(form), place)
    return unfit or list(islice(chain(_unheld(values, place), _unplaced(form, values, place)), GATHERED))


def _unheld(values: Mapping[str, Any], place: str) -> Iterator[Fault]:
    """Yield the texts and numbers that no cell holds; the check would take such a number for none."""
    for name, value in values.items():
        if isinstance(value, list):
            for number, row in enumerate(value, start=1):
                yield from _unheld(row, entry(below(place, name), number, row))
        elif isinstance(value, str):
            if (length := units(value)) > MOST_TEXT:
                yield Fault(below(place, name), _LONG.format(length=length, most=MOST_TEXT))
        elif is_beyond(value):
            yield Fault(below(place, name), _BEYOND.format(shown=shown(value, SHOWN)))


def _shape(form: m.Form) -> type[msgspec.Struct]:
    """Return the shape of a form's values: each input a text, number or true/false, each table a list of rows."""
    given: Any = m.Given
    names = [*(f.name for f in form.fields if f.is_input), *form.asides]
    tables: list[tuple[str, Any, Any]] = []
    for table in form.tables:
        rows = range(len(table.rows) or 1)
        columns = [
            c.name for c in table.columns if c.name == table.key_column or any(table.is_input(row, c) for row in rows)
        ]
        row = msgspec.defstruct(table.name, [(name, given, None) for name in columns], forbid_unknown_fields=True)
        tables.append((table.name, list[row], msgspec.field(default_factory=list)))  # type: ignore[valid-type]
    inputs: list[tuple[str, Any, Any]] = [(name, given, None) for name in names]
    return msgspec.defstruct("Values", [*inputs, *tables], forbid_unknown_fields=True)


def _unplaced(form: m.Form, values: Mapping[str, Any], place: str) -> Iterator[Fault]:
    """Yield what a table has no place for: rows it does not have, or more than are read back."""
    for table in (t for t in form.tables if not t.is_fixed and t.name in values):
        most = max(table.capacity, MOST_ROWS)
        if len(values[table.name]) > most:
            says = Pair("有 {given} 行，表格最多 {most} 行", "{given} rows, the table takes {most}")
            yield Fault(below(place, table.name), says.format(given=len(values[table.name]), most=most))
    for table in (t for t in form.tables if t.is_fixed and t.name in values):
        where, rows = below(place, table.name), values[table.name]
        if len(rows) > len(table.rows):
            says = Pair("有 {given} 行，表格只有 {most} 行", "{given} rows, the table has {most}")
            yield Fault(where, says.format(given=len(rows), most=len(table.rows)))
            continue
        for number, (index, row) in enumerate(_indexed(table, rows), start=1):
            spot = entry(where, number, row)
            if index is None:
                key, known = str(row[table.key_column or ""]), [str(r.get(table.key_column or "")) for r in table.rows]
                says = Pair("没有{column}“{key}”这一行{near}", "no row has the {column} “{key}”{near}")
                near = nearest(key, known)
                yield Fault(spot, says.format(column=same(table.key_column or ""), key=key[:SHOWN], near=near))
                continue
            columns = [c.name for c in table.columns if table.is_input(index, c)]
            yield from unknown_keys(spot, (n for n in row if n not in (*columns, table.key_column)), columns)


def _indexed(table: m.Table, rows: Sequence[Mapping[str, Any]]) -> Iterator[tuple[int | None, Mapping[str, Any]]]:
    """Yield each row with the row of the table it belongs to: by its key, else by its place; None for an unknown key."""
    keys = {str(r.get(table.key_column)): i for i, r in enumerate(table.rows)} if table.key_column else {}
    for position, row in enumerate(rows):
        keyed = keys and table.key_column in row
        yield (keys.get(str(row[table.key_column or ""])) if keyed else position), row


def capacities_for(form: m.Form, values: Mapping[str, Any]) -> dict[str, int]:
    """Return the rows each open table needs to hold `values`."""
    return {t.name: max(t.capacity, len(values.get(t.name) or [])) for t in form.tables if not t.is_fixed}


def cell_values(layout: Layout, values: Mapping[str, Any]) -> dict[Key, m.Scalar]:
    """Return the value of each input that holds one; `values` are the form's own names (see read_values)."""
    tables = {t.name: t for t in layout.form.tables}
    found: dict[Key, m.Scalar] = {}
    for name, value in values.items():
        if name not in tables:
            found[Key(name)] = value
            continue
        for index, row in _indexed(tables[name], value):
            for column in (c for c in row if c != tables[name].key_column):
                found[Key(name, -1 if index is None else index, column)] = row[column]
    given = {key: value for key, value in found.items() if value is not None and value != ""}
    return {key: _as_held(layout.inputs[key].item, value) for key, value in given.items()}


def _as_held(item: m.Field | m.Column | None, value: m.Scalar) -> m.Scalar:
    """Return a value as its cell holds it: a date as one, a choice by the word of this list."""
    if item is not None and item.choices and isinstance(value, str):
        return in_list(item, value)
    return dated(item, value)


def defaults(form: m.Form) -> dict[Key, m.Scalar]:
    """Return the values a blank workbook starts with."""
    return {Key(f.name): dated(f, f.default) for f in form.fields if f.default is not None and f.is_input}
