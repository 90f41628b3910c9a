"""Where the columns of a consolidated workbook stand, and the formulas that speak of them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from xltools.bilingual import Pair
from xltools.errors import XltoolsError
from xltools.form.address import absolute, column_letter, quote_sheet
from xltools.writing.consolidated.plan import Grid

TITLE_ROWS = 2
_TOKEN = re.compile(r"«(?:([^»!]+)!)?([^»!@^]+)(@|\^(\d+))?»")


@dataclass(slots=True)
class SheetPlace:
    """The rows (from 1) and columns of one sheet."""

    grid: Grid
    columns: dict[str, int]
    total: int  # first total row
    header: int  # the header row (the groups' row is above it)
    first: int
    last: int


class Addresses:
    """Resolves the «tokens» of the formulas once all sheets are laid out."""

    def __init__(self, grids: list[Grid]) -> None:
        self.places = {grid.name: place_of(grid) for grid in grids}

    def formula(self, template: str, sheet: str, row: int = 0) -> str:
        """Return the formula of a template that stands on `sheet` (in `row`, for «key@»), with its "="."""

        def put(match: re.Match[str]) -> str:
            other, key, mark, number = match.groups()
            place = self.places.get(other or sheet)
            if place is None or key not in place.columns:
                raise XltoolsError(
                    Pair(
                        f"汇总表 {other or sheet} 没有 {key} 这一列；请把这一行提示反馈给我们",
                        f"the consolidated sheet {other or sheet} has no column {key}; please report this line to us",
                    )
                )
            column = place.columns[key]
            if mark == "@":
                return f"${column_letter(column)}{row}"
            prefix = f"{quote_sheet(other)}!" if other and other != sheet else ""
            if mark:
                return prefix + absolute(place.total + int(number), column)
            return f"{prefix}{absolute(place.first, column)}:{absolute(place.last, column)}"

        return "=" + _TOKEN.sub(put, template)

    def row_formula(self, template: str, sheet: str) -> list[str]:
        """Return the parts of a template between its row numbers, so that a row's formula is a join."""
        mark = 999_999_999
        return self.formula(template, sheet, mark).split(str(mark))


def place_of(grid: Grid) -> SheetPlace:
    """Lay a sheet out: title, note, total rows, groups, header, data."""
    total = TITLE_ROWS + 1
    header = total + len(grid.totals) + (1 if any(c.group for c in grid.columns) else 0)
    first = header + 1
    return SheetPlace(
        grid,
        {c.key: at for at, c in enumerate(grid.columns, start=1)},
        total,
        header,
        first,
        first + max(1, grid.rows) - 1,
    )
