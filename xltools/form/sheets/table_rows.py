"""A table on a data sheet: heading, header, rows, and a state column for each rule on every row."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from xltools.form import checks, states, status
from xltools.form import model as m
from xltools.form.address import Ref, absolute, column_letter, quote_sheet
from xltools.form.formulas import replace_rows
from xltools.form.sheets.places import Places
from xltools.form.slots import ColumnSpan, Key, SheetLayout, Slot
from xltools.form.values import dated

_FROZEN = 90
"""How wide the columns may be together that stay in sight; wider ones leave no room on a small screen."""
_STATUS = "%"
"""What the column of 填报状态 is called among a table's columns: no column of a definition is called so."""


def all_columns(places: Places, table: m.Table) -> tuple[m.Column, ...]:
    """Return the definition's columns, the state column, then one state column for each rule on every row. In a leading first page
    those of states are hidden, and the words of 填报状态 stand beside what names a row."""
    leads = places.form.leads
    extra = (
        m.Column(name=r.code, label=r.code, type="text", formula="=", width=8.0, hidden=leads)
        for r in places.row_rules(table.name)
    )
    if not leads:
        return (*table.columns, *extra)
    *own, state = table.columns
    after = [c.name for c in own].index(table.title_column or own[0].name) + 1
    words = m.Column(name=_STATUS, label=status.STATUS_COLUMN, type="text", formula="=", width=23.0)
    hidden = replace(state, label="行状态", hidden=True)
    real = (
        m.Column(name=name, label=name, type="text", formula="=", width=8.0, hidden=True)
        for name in map(checks.real_text, checks.real_columns(places.form, table))
    )
    return (*own[:after], words, *own[after:], hidden, *extra, *real)


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
        if column.name != _STATUS:
            places.spans[table.name, column.name] = ColumnSpan(table.sheet, position, first, last)
            places.labels[Key(table.name, -1, column.name)] = column.label
    if made.freeze is None:
        made.header_rows, made.freeze = (1, header), (header, _frozen_columns(table, columns))
    rules = {r.code: r for r in places.row_rules(table.name)}
    real = {checks.real_text(name): name for name in checks.real_columns(places.form, table)}
    for index in range(capacity):
        address = _address(places, table, first + index, made.sheet.name)
        for position, column in enumerate(columns, start=1):
            ref = Ref(made.sheet.name, first + index, position)
            if column.name == _STATUS:
                words = status.row_status(table, index, list(rules.values()), address)
                made.slots.append(Slot(ref.row, ref.column, "status", formula=words))
                places.status_cells.append(ref)
            elif column.name in rules:
                verdict = checks.row_verdict(places.form, rules[column.name], address)
                made.slots.append(Slot(ref.row, ref.column, "state", formula=verdict))
            elif column.name in real:
                formula = checks.real_formula(places.form, address(real[column.name]))
                made.slots.append(Slot(ref.row, ref.column, "state", formula=formula))
            else:
                key = Key(table.name, index, column.name)
                places.cells[key] = ref
                made.slots.append(_slot(places.form, table, column, key, ref, address))
        made.heights[first + index] = 30 if table.is_fixed else 20
    if places.form.leads and not table.is_fixed:
        _more_rows(made, table, header, last)
    return last + 2


def _more_rows(made: SheetLayout, table: m.Table, header: int, last: int) -> None:
    """Let the rows that are not needed be filtered away, and say how they are had."""
    made.rows.append((header, last))
    words = (
        f"共 {last - header} 行，用不着的行已收起：点表头“{table.columns[0].label}”旁的箭头，选“全选”即可看到。"
        f"还不够的，请向财政部门索取行数更多的工作簿，不要自行插行。"
    )
    made.put(last + 1, made.first_column, "note", words, merge_to=made.print_columns)
    made.heights[last + 1] = 18


def _frozen_columns(table: m.Table, columns: tuple[m.Column, ...]) -> int:
    words = next((n for n, c in enumerate(columns, start=1) if c.name == _STATUS), 0)
    if words:
        return words if sum(c.width for c in columns[:words] if not c.hidden) <= _FROZEN else 0
    if table.is_fixed:
        return 0
    return next((position for position, column in enumerate(table.columns, start=1) if column.required), 0)


def _address(places: Places, table: m.Table, row: int, sheet: str) -> Callable[[str], str]:
    """How `[@列]` is written in a formula on `sheet`: $C5, or 绩效指标!$C$5 from elsewhere."""

    def address(name: str) -> str:
        span = places.spans[table.name, name]
        if span.sheet == sheet:
            return f"${column_letter(span.column)}{row}"
        return f"{quote_sheet(span.sheet)}!{absolute(row, span.column)}"

    return address


def _slot(form: m.Form, table: m.Table, column: m.Column, key: Key, ref: Ref, address: Callable[[str], str]) -> Slot:
    row, position, index = ref.row, ref.column, key.row
    if column.name == m.STATE_COLUMN:
        room = status if form.leads else states
        return Slot(row, position, "state", formula=room.row_state(table, index, address))
    formula = table.cell_formula(index, column)
    if formula is not None:
        text = "=" + replace_rows(formula[1:], address)
        return Slot(row, position, "computed", formula=text, key=key, item=column)
    constants = table.rows[index] if table.rows else {}
    if column.fixed or column.name in constants:
        given = constants.get(column.name, index + 1 if column.type == "integer" else None)
        return Slot(row, position, "fixed", text=dated(column, given), key=key, item=column)
    return Slot(row, position, "input" if column.staff else "bureau", key=key, item=column)
