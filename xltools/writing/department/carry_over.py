"""From an older workbook to this form's values: by name, by former name, closing figures as opening ones; in another
year the indicators with what they said then, and the texts to start from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from xltools.form import model as m
from xltools.form.address import Ref
from xltools.form.layout import Key
from xltools.intake.binding.references import parse_reference
from xltools.intake.cells.typed import read_cell
from xltools.intake.cells.written import plain_text
from xltools.intake.submission import Reading, Submission, jsonable
from xltools.intake.xlsx.model import Book, Cell


@dataclass
class Carried:
    """What an older workbook gives this form, and what of it found no place (as the older workbook calls it)."""

    values: dict[str, Any] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)
    count: int = 0
    former: m.Form | None = None
    """The form that the older workbook was written on."""


def carry_over(old: Submission, book: Book, form: m.Form) -> Carried:
    """Return what fits of an older workbook. The same year: everything; an earlier one: what the definition carries
    (`carry`), the closing figures that open this year (`previous`), the texts, and in the tables what is asked, beside it
    what was said (`last_year`); never when it was filled in, nor how it scored."""
    result = Carried(former=old.form)
    same_year = year_of(old) == form.year
    readings = {key.field: r for key, r in old.readings.items() if key.row < 0}
    former = _former_names(form)
    for item in form.fields:
        starts = item.type == "longtext" and not item.carry and not same_year
        if not item.is_input or item.locked or not (same_year or item.carry or item.previous or starts):
            continue
        source = item.name if same_year or item.carry or starts else item.previous or ""
        reading = _by_name(source, item, readings, book, former, old.date1904)
        if reading is None:
            continue
        if same_year or reading.clean:
            result.values[item.name] = jsonable(reading.as_sent)
            result.count += 1
        else:
            result.left.append(item.label)
    if same_year:
        _asides(readings, form, result)
    else:
        for name in form.last_years:
            reading = _by_name(name, form.field(name), readings, book, former, old.date1904)
            if reading is not None and reading.clean:
                result.values[m.last_year_name(name)] = jsonable(reading.as_sent)
    for table in form.tables:
        if same_year:
            _rows(old, table, result)
        elif not table.is_fixed:
            _asked_again(old, table, result)
    result.left += _strangers(old, book, form, former)
    return result


def year_of(old: Submission) -> int:
    """Return the year a workbook is about: what its year field says, else its form's."""
    for item in old.form.fields:
        if item.type == "year" and item.default is not None:
            reading = old.readings.get(Key(item.name))
            if reading is not None and isinstance(reading.value, int | float):
                return int(reading.value)
    return old.form.year


def _former_names(form: m.Form) -> dict[str, str]:
    """Return former name → name of the fields that were renamed."""
    return {alias: item.name for item in form.fields for alias in item.aliases}


def _by_name(
    source: str,
    item: m.Field,
    readings: Mapping[str, Reading],
    book: Book,
    former: Mapping[str, str],
    date1904: bool,
) -> Reading | None:
    """Return what stands under a name or a former name: as its own form read it, or under the workbook's own name."""
    names = [source, *(alias for alias, name in former.items() if name == source)]
    for name in names:
        if name in readings:
            return readings[name]
    for name in names[1:]:
        cell = _named_cell(book, name)
        if cell is not None:
            style = book.number_formats[cell.style] if cell.style < len(book.number_formats) else ""
            return read_cell(Key(item.name), item, _ref(book, name), cell, style, date1904)
    return None


def _ref(book: Book, name: str) -> Ref:
    """Return the address a defined name of the workbook leads to."""
    place = parse_reference(book.names[name])
    assert place is not None
    return Ref(place[0], place[1], place[2])


def _named_cell(book: Book, name: str) -> Cell | None:
    """Return the cell that one of the workbook's own names leads to, if it is one cell with a content."""
    place = parse_reference(book.names.get(name, ""))
    if place is None or place[1:3] != place[3:5]:
        return None
    sheet = next((s for s in book.sheets if s.name == place[0]), None)
    cell = None if sheet is None else sheet.cells.get((place[1], place[2]))
    return cell if cell is not None and cell.value is not None and cell.formula is None else None


def _asides(readings: Mapping[str, Reading], form: m.Form, result: Carried) -> None:
    for name in set(form.asides) & set(readings):
        result.values[name] = jsonable(readings[name].as_sent)


def _rows(old: Submission, table: m.Table, result: Carried) -> None:
    """Carry the rows of a table of that name, column by column; fixed rows by their key."""
    source = next((t for t in old.form.tables if t.name == table.name), None)
    if source is None:
        return
    names = {alias: c.name for c in table.columns for alias in (*c.aliases, c.name)}
    keys = {str(row.get(table.key_column or "")): n for n, row in enumerate(table.rows)}
    rows: list[dict[str, Any]] = []
    for number, row in enumerate(old.values().get(table.name, [])):
        made: dict[str, Any] = {}
        index = number
        if table.is_fixed and table.key_column:
            key = str(row.get(table.key_column))
            if key not in keys:
                result.left.append(f"{table.label}“{key}”")
                continue
            index, made[table.key_column] = keys[key], row[table.key_column]
        for name, value in row.items():
            column = next((c for c in table.columns if c.name == names.get(name)), None)
            if column is not None and table.is_input(index, column) and (column.staff or column.last_year):
                made[column.name] = value
                result.count += 1
            elif column is None:
                result.left.append(f"{table.label}第 {number + 1} 行“{name}”")
        rows.append(made)
    if rows:
        result.values[table.name] = rows


def _asked_again(old: Submission, table: m.Table, result: Carried) -> None:
    """Carry an earlier year's rows: what they ask for, and beside it what they said."""
    carried = [c for c in table.columns if c.carry]
    source = next((t for t in old.form.tables if t.name == table.name), None)
    if source is None or not carried:
        return
    former = {c.name: (c.name, *c.aliases) for c in table.columns}
    rows: list[dict[str, Any]] = []
    for number in range(old.layout.capacities[table.name]):
        said = {
            name: reading
            for name, names in former.items()
            for other in names
            if (reading := old.readings.get(Key(table.name, number, other))) is not None
        }
        row = {c.name: jsonable(said[c.name].as_sent) for c in carried if c.name in said}
        if not row:
            continue
        result.count += 1
        for column in (c for c in table.columns if c.last_year):
            words = "".join(_as_it_was(said[name]) for name in column.last_year if name in said)
            if words:
                row[column.name] = words
        rows.append(row)
    if rows:
        result.values[table.name] = rows


def _as_it_was(reading: Reading) -> str:
    """Return what a cell said, its column's own unit behind a number."""
    text = plain_text(reading.as_sent)
    return text + reading.item.unit if isinstance(reading.as_sent, int | float) else text


def _strangers(old: Submission, book: Book, form: m.Form, former: Mapping[str, str]) -> Iterator[str]:
    """Yield what the older workbook has a name and a content for, and this form neither a name nor a former one."""
    own = {f.name for f in form.fields} | set(former) | {f"{t.name}_{c.name}" for t in form.tables for c in t.columns}
    for item in old.form.fields:
        if item.name not in own and item.is_input and Key(item.name) in old.readings:
            yield item.label
    known = {*old.layout.names, *own}
    for name in sorted(book.names):
        if name not in known and not name.startswith("_") and _named_cell(book, name) is not None:
            yield name
