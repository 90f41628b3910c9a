"""The pandas tables of one form: departments, scores, accounts, indicators, texts, findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from xltools.form import model as m
from xltools.summary.entry import BatchEntry
from xltools.summary.numbers import is_number


@dataclass(slots=True)
class Indicator:
    """One row of a scoring table: its path of groups, its name, its weight."""

    table: str
    row: int
    groups: tuple[str, ...]
    name: str
    weight: float

    @property
    def key(self) -> str:
        """How its column is called in the tables."""
        return f"{self.table}_{self.row}"


def table_of(columns: Mapping[str, Iterable[Any]]) -> pd.DataFrame:
    """Return a frame that keeps every value as it is (no number turns to text, no integer to float)."""
    return pd.DataFrame({name: pd.Series(list(values), dtype=object) for name, values in columns.items()})


def values_frame(form: m.Form, entries: Sequence[BatchEntry]) -> pd.DataFrame:
    """Return every field of the form, a row a department."""
    rows = [e.checked.harvest.values for e in entries if e.checked.harvest is not None]
    return table_of({f.name: [row[at] for row in rows] for at, f in enumerate(form.fields)})


def indicators_of(form: m.Form) -> list[Indicator]:
    """Return the scored rows of the form's scoring tables, in order."""
    found = []
    for table in form.tables:
        if not (table.is_fixed and table.weight_column and table.score_column):
            continue
        for index, row in enumerate(table.rows):
            weight = row.get(table.weight_column)
            found.append(
                Indicator(
                    table.name,
                    index,
                    tuple(str(row.get(c, "")) for c in table.group_columns),
                    str(row.get(table.title_column or table.key_column or "", "")),
                    float(weight) if isinstance(weight, int | float) else 0.0,
                )
            )
    return found


def scores_frame(
    form: m.Form, entries: Sequence[BatchEntry], column_of: Callable[[m.Table], str | None]
) -> pd.DataFrame:
    """Return the scores, departments × indicators; `column_of` says which column of a scoring table is meant."""
    columns: dict[str, list[Any]] = {}
    for indicator in indicators_of(form):
        table = form.table(indicator.table)
        name = column_of(table)
        at = next((i for i, c in enumerate(table.columns) if c.name == name), None)
        cells: list[Any] = []
        for entry in entries:
            rows = entry.checked.harvest.tables.get(table.name, ()) if entry.checked.harvest is not None else ()
            value = rows[indicator.row][at] if at is not None and indicator.row < len(rows) else None
            cells.append(value if is_number(value) else None)
        columns[indicator.key] = cells
    return table_of(columns)


def score_column(table: m.Table) -> str | None:
    """The column of a scoring table that holds the department's own score."""
    return table.score_column


def open_tables(form: m.Form) -> list[m.Table]:
    """The tables whose rows the departments add themselves."""
    return [t for t in form.tables if not t.is_fixed]


def shown_columns(form: m.Form) -> list[m.Column]:
    """The columns of the open tables that mean something to a reader, each name once, as they stand."""
    found: dict[str, m.Column] = {}
    for table in open_tables(form):
        for column in table.columns:
            if not column.hidden and not column.fixed and column.name != m.STATE_COLUMN:
                found.setdefault(column.name, column)
    return list(found.values())


def details_frame(form: m.Form, entries: Sequence[BatchEntry]) -> pd.DataFrame:
    """Return all rows of the open tables: whose, of which table, and the columns."""
    shown = [c.name for c in shown_columns(form)]
    columns: dict[str, list[Any]] = {name: [] for name in ("_entry", "_table", "_row", *shown)}
    places = {t.name: {c.name: i for i, c in enumerate(t.columns)} for t in open_tables(form)}
    for number, entry in enumerate(entries):
        if entry.checked.harvest is None:
            continue
        for table in open_tables(form):
            where = places[table.name]
            for index, row in enumerate(entry.checked.harvest.tables.get(table.name, ()), start=1):
                columns["_entry"].append(number)
                columns["_table"].append(table.label)
                columns["_row"].append(index)
                for name in shown:
                    columns[name].append(row[where[name]] if name in where else None)
    return table_of(columns)


def figures(column: pd.Series) -> pd.Series:
    """Return the figures of a column: what is no number is nothing."""
    return column[column.map(is_number)].astype(float)
