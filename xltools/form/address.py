"""Cell addresses: numbers to letters and back, sheet names as formulas want them."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

MAX_ROW, MAX_COLUMN = 1_048_576, 16_384
_PLAIN_SHEET = re.compile(r"[一-鿿A-Za-z_][一-鿿A-Za-z0-9_]*")
_A1 = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})")


class Ref(NamedTuple):
    """One cell: sheet name, row and column from 1."""

    sheet: str
    row: int
    column: int

    @property
    def a1(self) -> str:
        """The address without the sheet, like B5."""
        return a1(self.row, self.column)


@cache
def column_letter(column: int) -> str:
    """Return the letters of a column counted from 1 (1 → A, 28 → AB)."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@cache
def column_number(letters: str) -> int:
    """Return the number of a column's letters (A → 1)."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def a1(row: int, column: int) -> str:
    """Return the relative address of a cell, like B5."""
    return f"{column_letter(column)}{row}"


def absolute(row: int, column: int) -> str:
    """Return the absolute address of a cell, like $B$5."""
    return f"${column_letter(column)}${row}"


def parse_a1(text: str) -> tuple[int, int] | None:
    """Return (row, column) of an address like B5 or $B$5, or None when it is not one cell on the grid."""
    match = _A1.fullmatch(text)
    if match is None:
        return None
    row, column = int(match.group(2)), column_number(match.group(1))
    return (row, column) if row <= MAX_ROW and column <= MAX_COLUMN else None


def parse_area(text: str) -> tuple[int, int, int, int] | None:
    """Return (first row, first column, last row, last column) of an area like B5:C9 or of one cell; None for another."""
    first, _, last = text.partition(":")
    start, end = parse_a1(first), parse_a1(last or first)
    return None if start is None or end is None else (*start, *end)


def quote_sheet(name: str) -> str:
    """Return a sheet's name as a formula writes it; quotes only where they are needed (canonical form)."""
    return name if _PLAIN_SHEET.fullmatch(name) else "'" + name.replace("'", "''") + "'"
