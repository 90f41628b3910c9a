"""The sections of a data sheet: one field a line, or several in a grid."""

from __future__ import annotations

from msgspec.structs import astuple

from xltools.form import checks, states, status
from xltools.form import model as m
from xltools.form.address import Ref
from xltools.form.sheets.places import Places
from xltools.form.slots import Key, SheetLayout, Slot
from xltools.form.values import dated


def section_block(places: Places, made: SheetLayout, section: m.Section, row: int, *, with_header: bool) -> int:
    """Write a section from `row` on, one field a line; return the row below it."""
    if with_header:
        _header(made, row)
        row += 1
    made.put(row, made.first_column, "heading", section.title, merge_to=made.print_columns)
    made.heights[row] = 20
    row += 1
    for item in (f for f in places.form.fields if f.section == section.name):
        _line(places, made, item, row)
        row += 1
    return row


def _header(made: SheetLayout, row: int) -> None:
    columns = made.sheet.columns
    titles = (
        (columns.label, "项目"),
        (columns.value, "填报数" if columns.unit else "内容"),
        (columns.unit, "单位"),
        (columns.computed, "自动计算"),
        (columns.state, "填报状态"),
        (columns.note, "填写说明"),
    )
    for column, words in titles:
        if column:
            made.put(row, column, "header", words)
    made.heights[row] = 22


def grid_block(places: Places, made: SheetLayout, section: m.Section, row: int) -> int:
    """Write a section whose fields stand several a line: label, one cell a grid column, the line's state."""
    label = made.sheet.columns.label
    made.put(row, made.first_column, "heading", section.title, merge_to=made.print_columns)
    for position, words in enumerate((section.grid_head, *section.grid, "填报状态")):
        made.put(row + 1, label + position, "header", words)
    made.heights |= {row: 20, row + 1: 30}
    lines: dict[str, dict[str, m.Field]] = {}
    for field in (f for f in places.form.fields if f.section == section.name):
        lines.setdefault(field.row, {})[field.column] = field
    for number, (line, own) in enumerate(lines.items(), start=row + 2):
        indent = min(f.indent for f in own.values())
        made.slots.append(Slot(number, label, "label", text=line, indent=indent))
        _grid_line(places, made, section, own, number)
    return row + 2 + len(lines)


def _grid_line(places: Places, made: SheetLayout, section: m.Section, own: dict[str, m.Field], row: int) -> None:
    label = made.sheet.columns.label
    state = label + len(section.grid) + 1
    for column, words in enumerate(section.grid, start=label + 1):
        if words in own:
            _place(places, made, own[words], row, column)
        else:
            made.put(row, column, "unit", "—")
    inputs = [f for f in own.values() if f.is_input and not f.locked]
    rules = [r for f in inputs for r in places.rules_at(f.name)]
    if inputs:
        leads = places.form.leads
        formula = status.grid_status(inputs, rules) if leads else states.grid_state(inputs, rules)
        _state(places, made, formula, rules, row, state)
    else:
        made.put(row, state, "plain")
    made.heights[row] = 22


def _place(places: Places, made: SheetLayout, item: m.Field, row: int, column: int) -> None:
    """Write the cell of a field itself, whatever stands around it."""
    key = Key(item.name)
    places.cells[key] = Ref(made.sheet.name, row, column)
    places.labels[key] = item.label
    formula = _formula(places.form, item)
    if formula is not None:
        made.slots.append(Slot(row, column, "computed", formula=formula, key=key, item=item))
    elif item.constant is not None:
        made.slots.append(Slot(row, column, "constant", text=dated(item, item.constant), key=key, item=item))
    else:
        made.slots.append(Slot(row, column, "bureau" if item.locked else "input", key=key, item=item))


def _state(places: Places, made: SheetLayout, formula: str, rules: list[m.Rule], row: int, column: int) -> None:
    """Write how a line stands; where the first page leads a click leads to the line of its first rule on 校验."""
    ref = Ref(made.sheet.name, row, column)
    places.state_cells.append(ref)
    if not places.form.leads:
        made.slots.append(Slot(row, column, "state", formula=formula))
        return
    places.status_cells.append(ref)
    link = f"internal:{m.state_name(rules[0].code)}" if rules else None
    made.slots.append(Slot(row, column, "status", formula=formula, link=link))


def _line(places: Places, made: SheetLayout, item: m.Field, row: int) -> None:
    columns, sheet, slots, leads = made.sheet.columns, made.sheet.name, made.slots, places.form.leads
    star = " *" if item.required and item.is_input else ""
    slots.append(Slot(row, columns.label, "label", text=item.label + star, indent=item.indent))
    _place(places, made, item, row, columns.value)
    if columns.unit:
        made.put(row, columns.unit, "unit", item.unit)
    if columns.computed:
        side = checks.beside(places.form, item)
        if side is not None:
            places.beside[item.name] = Ref(sheet, row, columns.computed)
        other = checks.told_twice(places.form, item) if leads and side is None and item.is_input else None
        side = f'=IF(COUNT({other})=0,"",{other})' if other else side
        link = f"internal:{other}" if other else None
        slots.append(Slot(row, columns.computed, "computed" if side else "plain", formula=side, item=item, link=link))
    if columns.state and item.is_input and not item.locked:
        rules = places.rules_at(item.name)
        formula = status.field_status(places.form, item, rules) if leads else states.field_state(item, rules)
        _state(places, made, formula, rules, row, columns.state)
    elif columns.state:
        made.put(row, columns.state, "plain")
    if leads and item.type == "longtext" and item.name in places.form.last_years:
        _last_years_text(places, made, item, row)
    if columns.note:
        made.put(row, columns.note, "hint", item.hint)
    used = {*astuple(columns), *made.hidden_columns}
    for column in range(1, made.print_columns + 1):
        if column not in used:
            made.put(row, column, "plain")
    made.heights[row] = 60 if item.type == "longtext" else 19


def _last_years_text(places: Places, made: SheetLayout, item: m.Field, row: int) -> None:
    """Write the hidden cell that keeps the text of last year with which a field starts."""
    column = made.print_columns + 1
    if column > len(made.widths):
        made.widths.append(10.0)
        made.hidden_columns.append(column)
    _place(places, made, m.last_year_field(item), row, column)


def _formula(form: m.Form, item: m.Field) -> str | None:
    if item.grade_of is None:
        return item.formula
    ready = f"ISNUMBER({item.grade_of})"
    for table in form.tables:
        if table.score_column and table.weight_column:
            score, weight = f"{table.name}_{table.score_column}", f"{table.name}_{table.weight_column}"
            ready = f"AND({ready},COUNT({score})=COUNT({weight}))"
    return states.grade_formula(form.bands, item.grade_of, ready)
