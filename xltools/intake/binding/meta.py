"""What the hidden _meta sheet says: form, department, round, and the rows each open table was sent with."""

from __future__ import annotations

from collections.abc import Mapping

from xltools.form import model as m
from xltools.form.layout import CAPACITY, Layout
from xltools.intake.binding.references import parse_reference
from xltools.intake.cells.written import plain_text
from xltools.intake.xlsx.model import Book
from xltools.intake.xlsx.values import whole

MOST_ROWS = 400
"""Rows of an open table that are bound; a template of more takes seconds to build."""


def read_meta(book: Book, form_sheet: str = "_meta") -> dict[str, str]:
    """Return what the hidden _meta sheet says (key → text); empty when there is none."""
    for sheet in book.sheets:
        if sheet.name == form_sheet or sheet.name.lstrip("_").lower() == "meta":
            found: dict[str, str] = {}
            for (row, column), cell in sheet.cells.items():
                if column == 1 and cell.value is not None:
                    value = sheet.cells.get((row, 2))
                    found[str(cell.value)] = "" if value is None else plain_text(value.value)
            return found
    return {}


def rows_sent(table: m.Table, meta: Mapping[str, str]) -> int:
    """Return the rows an open table was sent with: as _meta says, else as the definition does."""
    text = meta.get(CAPACITY + table.name, "")
    return whole(text, table.capacity)


def capacities_of(form: m.Form, meta: Mapping[str, str], book: Book, layout: Layout) -> dict[str, int]:
    """Return the rows each open table has in this workbook: by _meta, or by its names when rows were inserted."""
    found: dict[str, int] = {}
    for table in form.tables:
        if table.is_fixed:
            continue
        count = rows_sent(table, meta)
        for column in table.columns:
            span = parse_reference(book.names.get(f"{table.name}_{column.name}", ""))
            if span is not None:
                count = max(count, span[3] - span[1] + 1)
        if count > table.capacity:  # a name may say a million rows: what counts is what stands there, within reason
            used = max((place[0] for sheet in book.sheets for place in sheet.cells), default=0)
            count = max(table.capacity, min(count, used, MOST_ROWS))
        found[table.name] = count
    return found
