"""A table on a data sheet: heading, header, rows, and a state column for each rule on every row."""

from __future__ import annotations

from collections.abc import Callable

from xltools.form import checks, states
from xltools.form import model as m
from xltools.form.address import Ref, absolute, column_letter, quote_sheet
from xltools.form.formulas import replace_rows
from xltools.form.sheets.places import Places
from xltools.form.slots import ColumnSpan, Key, SheetLayout, Slot
from xltools.form.values import dated


def all_columns(places: Places, table: m.Table) -> tuple[m.Column, ...]:
    """Return the definition's columns, the state column, then one state column for each rule on every row."""
    extra = (
        m.Column(name=r.code, label=r.code, type="text", formula="=", width=8.0) for r in places.row_rules(table.name)
    )
    return (*table.columns, *extra)


def table_block(places: Places, made: SheetLayout, table: m.Table, row: int) -> int:
    """Write a table from `row` on; return the row below it, one left free."""
    words = f"{table.label}　{table.note}".strip("　")
    made.put(row, made.first_column, "heading", words, merge_to=made.print_columns)
    header, capacity = row + 1, places.capacities[table.name]
    first, last = header + 1, header + capacity
    made.heights |= {row: 20, header: 34}
    columns = all_columns(places, table)
    for position, column in enumerate(columns, start=1):
        unit = f"（{column.unit}）" if column.unit else ""
        made.put(header, position, "header", f"{column.label}{unit}")
        places.spans[table.name, column.name] = ColumnSpan(table.sheet, position, first, last)
        places.labels[Key(table.name, -1, column.name)] = column.label
    if made.freeze is None:
        made.header_rows, made.freeze = (1, header), (header, _frozen_columns(table))
    rules = {r.code: r for r in places.row_rules(table.name)}
    for index in range(capacity):
        address = _address(places, table, first + index, made.sheet.name)
        for position, column in enumerate(columns, start=1):
            ref = Ref(made.sheet.name, first + index, position)
            if column.name in rules:
                verdict = checks.row_verdict(places.form, rules[column.name], address)
                made.slots.append(Slot(ref.row, ref.column, "state", formula=verdict))
            else:
                key = Key(table.name, index, column.name)
                places.cells[key] = ref
                made.slots.append(_slot(table, column, key, ref, address))
        made.heights[first + index] = 30 if table.is_fixed else 20
    return last + 2


def _frozen_columns(table: m.Table) -> int:
    for position, column in enumerate(table.columns, start=1):
        if column.required:
            return position if not table.is_fixed else 0
    return 0


def _address(places: Places, table: m.Table, row: int, sheet: str) -> Callable[[str], str]:
    """How `[@列]` is written in a formula on `sheet`: $C5, or 绩效指标!$C$5 from elsewhere."""

    def address(name: str) -> str:
        span = places.spans[table.name, name]
        if span.sheet == sheet:
            return f"${column_letter(span.column)}{row}"
        return f"{quote_sheet(span.sheet)}!{absolute(row, span.column)}"

    return address


def _slot(table: m.Table, column: m.Column, key: Key, ref: Ref, address: Callable[[str], str]) -> Slot:
    row, position, index = ref.row, ref.column, key.row
    if column.name == m.STATE_COLUMN:
        return Slot(row, position, "state", formula=states.row_state(table, index, address))
    formula = table.cell_formula(index, column)
    if formula is not None:
        text = "=" + replace_rows(formula[1:], address)
        return Slot(row, position, "computed", formula=text, key=key, item=column)
    constants = table.rows[index] if table.rows else {}
    if column.fixed or column.name in constants:
        given = constants.get(column.name, index + 1 if column.type == "integer" else None)
        return Slot(row, position, "fixed", text=dated(column, given), key=key, item=column)
    return Slot(row, position, "input" if column.staff else "bureau", key=key, item=column)
