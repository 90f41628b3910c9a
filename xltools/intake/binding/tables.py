"""Finds the rows and columns of each table, however they moved."""

from __future__ import annotations

from xltools.form import model as m
from xltools.form.address import Ref
from xltools.form.layout import Key
from xltools.intake.binding.alignment import Alignment
from xltools.intake.binding.references import Area, parse_reference, same_label
from xltools.intake.binding.state import Binding


def match_table(b: Binding, table: m.Table) -> None:
    """Find each column of a table: by its name, as its sheet's texts moved, or by its heading."""
    home = b.structure.sheet_of.get(table.sheet)
    if home is None:
        return
    shift = b.maps[table.sheet]
    for column in table.columns:
        name = f"{table.name}_{column.name}"
        span = b.layout.spans[table.name, column.name]
        target = parse_reference(b.book.names.get(name, ""))
        header = b.layout.by_cell[Ref(table.sheet, span.first - 1, span.column)].text
        aligned = b.alignments.get(table.sheet)
        unmoved = b.book.names.get(name) == span.reference and b.grown(table) <= 0
        if (
            target is not None
            and target[0] == home
            and (aligned is None or (not unmoved and _heads(b, home, target, header)))
        ):
            first, at, last = target[1], target[2], target[3]
            if at != shift.columns.get(span.column, at):
                b.structure.moved_names.append((name, b.book.names[name]))
        elif aligned is not None and aligned.row(span.first - 1) is not None:
            if aligned.row(span.first) != span.first or aligned.column(span.column) != span.column:
                b.structure.moved_names.append((name, b.book.names.get(name, "")))
            _aligned_rows(b, table, column, home, aligned)
            continue
        else:
            if name not in b.book.names:
                b.structure.lost_names.append(name)
            else:
                b.structure.moved_names.append((name, b.book.names[name]))
            first, at = shift.place(span.first, span.column)
            found = _header(b, home, header, first - 1, at)
            if found is None:
                b.structure.unbound += [Key(table.name, -1, column.name)]
                continue
            first, at = found[0] + 1, found[1]
            last = first + b.layout.capacities[table.name] - 1
        shift.columns.setdefault(span.column, at)
        _table_rows(b, table, column, home, first, at, last)


def _heads(b: Binding, home: str, target: Area, header: object) -> bool:
    """True when the cell above a named column is its heading."""
    cell = b.sheets[home].cells.get((target[1] - 1, target[2]))
    return cell is not None and same_label(cell.value, header)


def _aligned_rows(b: Binding, table: m.Table, column: m.Column, home: str, aligned: Alignment) -> None:
    """Bind a column row by row, as its sheet's fixed texts moved."""
    span = b.layout.spans[table.name, column.name]
    shift = b.maps[table.sheet]
    shift.columns.setdefault(span.column, aligned.column(span.column))
    for index in range(b.layout.capacities[table.name]):
        key = Key(table.name, index, column.name)
        row = aligned.row(span.first + index)
        if row is None:
            if column.required and table.is_fixed and table.is_input(index, column):
                b.structure.unbound.append(key)
            continue
        if key in b.layout.cells:
            b.where[key] = Ref(home, row, aligned.column(span.column))
        shift.rows.setdefault(span.first + index, row)


def _header(b: Binding, home: str, text: object, row: int, column: int) -> tuple[int, int] | None:
    cells = b.sheets[home].cells
    cell = cells.get((row, column))
    if cell is not None and same_label(cell.value, text):
        return row, column
    found = b.labelled(home, text)
    near = [p for p in found if p[0] == row] or found
    return near[0] if len(near) == 1 else None


def _table_rows(b: Binding, table: m.Table, column: m.Column, home: str, first: int, at: int, last: int) -> None:
    span = b.layout.spans[table.name, column.name]
    shift = b.maps[table.sheet]
    rows = _fixed_rows(b, table, home, first, last) if table.is_fixed else {}
    for index in range(min(b.layout.capacities[table.name], max(last - first + 1, len(table.rows)))):
        key = Key(table.name, index, column.name)
        if rows and index not in rows:
            if column.required and table.is_input(index, column):
                b.structure.unbound.append(key)
            continue
        row = rows.get(index, first + index)
        if key in b.layout.cells:
            b.where[key] = Ref(home, row, at)
        shift.rows.setdefault(span.first + index, row)


def _fixed_rows(b: Binding, table: m.Table, home: str, first: int, last: int) -> dict[int, int]:
    """Return where each fixed row stands, by its key text (rows may have been inserted between them)."""
    if table.key_column is None:
        return {}
    target = parse_reference(b.book.names.get(f"{table.name}_{table.key_column}", ""))
    span = b.layout.spans[table.name, table.key_column]
    column = target[2] if target is not None and target[0] == home else span.column
    held = b.column_of(home, column)
    places = {str(value): row for row, value in held.items() if first <= row <= last + 1}
    return {index: places[key] for index, row in enumerate(table.rows) if (key := str(row[table.key_column])) in places}
