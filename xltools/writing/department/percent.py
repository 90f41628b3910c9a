"""How a number of percent looks: by its look alone, because a cell's own format would hide a typed % or a fraction."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.form.address import absolute, column_letter
from xltools.form.layout import Layout, SheetLayout
from xltools.form.states import any_equal
from xltools.writing import styles

PERCENT_UNITS = ("%", "％", "百分比", "百分数", "百分率")
"""What people write as the unit of a rate."""

Look = tuple[tuple[int, int, int, int], str, str]
"""Where, when, and in which number format."""


def _above_one(cell: str, test: str = "") -> str:
    """Return the condition that a cell holds a number of percent, not a fraction."""
    return f"=IF(ISNUMBER({cell}),AND(ABS({cell})>1{',' + test if test else ''}),FALSE())"


def percent_looks(made: SheetLayout, layout: Layout) -> Iterator[Look]:
    """Yield the looks of a sheet's inputs of rates, and of targets and actuals whose unit is %."""
    for slot in made.slots:
        item, key = slot.item, slot.key
        if key is None or key.row >= 0 or item is None or slot.role != "input" or item.type != "percent":
            continue
        area = (slot.row - 1, slot.column - 1, slot.row - 1, slot.column - 1)
        yield area, _above_one(absolute(slot.row, slot.column)), styles.number_format("percent", item.decimals)
    for table in (t for t in layout.form.tables if t.sheet == made.sheet.name):
        for column in (c for c in table.columns_in(0) if c.type == "percent"):
            yield _column(layout, table.name, column.name, "", styles.number_format("percent", column.decimals))
        measured = layout.form.indicators_in(table.name)
        if measured is not None and measured.unit:
            unit = layout.spans[table.name, measured.unit]
            test = any_equal(f"${column_letter(unit.column)}{unit.first}", PERCENT_UNITS)
            yield _column(layout, table.name, measured.target, test, styles.PERCENT_BEHIND)
            yield _column(layout, table.name, measured.actual, test, styles.PERCENT_BEHIND)


def _column(layout: Layout, table: str, column: str, test: str, look: str) -> Look:
    span = layout.spans[table, column]
    cell = f"{column_letter(span.column)}{span.first}"
    return (span.first - 1, span.column - 1, span.last - 1, span.column - 1), _above_one(cell, test), look
