"""Shared formulas: one text that many cells follow, its relative references moved to each."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from xltools.form.address import column_letter, column_number
from xltools.intake.xlsx.model import MAX_COL, MAX_ROW, Cell


class _Reference(NamedTuple):
    """A relative reference inside a formula: a cell, or one end of a whole-column or whole-row range (the other 0)."""

    row: int
    col: int
    row_fixed: bool
    col_fixed: bool


# Every alternative consumes what it began, closed or not, so the scan is linear whatever the text. A doubled quote is
# simply two quoted tokens side by side. Words take letters of any script: 费用2 or A1_x is one word, no reference.
_TOKEN = re.compile(r"""(?s:"[^"]*"?|'[^']*'?|\[(?:'.|[^\[\]'])*+\]?|[\w.$\\?]+|.)""")
_WORD_CELL = re.compile(r"(\$?)([A-Za-z]{1,3})(\$?)([0-9]{1,7})")
_WORD_COLUMN = re.compile(r"(\$?)([A-Za-z]{1,3})")
_WORD_ROW = re.compile(r"(\$?)([0-9]{1,7})")


def shift_formula(formula: str, rows: int, cols: int) -> str:
    """The formula as it would read `rows` down and `cols` to the right: relative A1 references move, nothing else."""
    return _join(_pieces(formula), rows, cols)


def _pieces(formula: str) -> list[str | _Reference]:
    """The formula cut into texts that stay and references that move."""
    tokens = _TOKEN.findall(formula)
    count = len(tokens)
    pieces: list[str | _Reference] = []
    index = 0
    while index < count:
        after = tokens[index + 1] if index + 1 < count else ""
        if after == ":" and index + 2 < count:
            beyond = tokens[index + 3] if index + 3 < count else ""
            if beyond == "!":  # Jan:Mar!A1, a range of sheets
                pieces.append("".join(tokens[index : index + 3]))
                index += 3
                continue
            ends = None if beyond == "(" else _line_range(tokens[index], tokens[index + 2])
            if ends is not None:
                pieces += [ends[0], ":", ends[1]]
                index += 3
                continue
        pieces.append(tokens[index] if after in ("(", "!") or after[:1] == "[" else _cell_word(tokens[index]))
        index += 1
    return pieces


def _cell_word(word: str) -> str | _Reference:
    """A reference if the word is one that can move, else the word."""
    match = _WORD_CELL.fullmatch(word)
    if match is None:
        return word
    row, col = int(match[4]), column_number(match[2])
    if not (1 <= row <= MAX_ROW and col <= MAX_COL) or (match[1] and match[3]):
        return word
    return _Reference(row, col, bool(match[3]), bool(match[1]))


def _line_range(first: str, last: str) -> tuple[_Reference, _Reference] | None:
    """Both ends of A:C or 1:3; None for anything else, so that a lone word or number never moves."""
    columns = _WORD_COLUMN.fullmatch(first), _WORD_COLUMN.fullmatch(last)
    if columns[0] and columns[1]:
        a, b = (_Reference(0, column_number(match[2]), True, bool(match[1])) for match in columns if match)
        return (a, b) if max(a.col, b.col) <= MAX_COL else None
    rows = _WORD_ROW.fullmatch(first), _WORD_ROW.fullmatch(last)
    if rows[0] and rows[1]:
        a, b = (_Reference(int(match[2]), 0, bool(match[1]), True) for match in rows if match)
        return (a, b) if min(a.row, b.row) > 0 and max(a.row, b.row) <= MAX_ROW else None
    return None


def _join(pieces: list[str | _Reference], rows: int, cols: int) -> str:
    texts: list[str] = []
    for piece in pieces:
        if isinstance(piece, str):
            texts.append(piece)
            continue
        row = piece.row if piece.row_fixed or not piece.row else piece.row + rows
        col = piece.col if piece.col_fixed or not piece.col else piece.col + cols
        if (piece.row and not 1 <= row <= MAX_ROW) or (piece.col and not 1 <= col <= MAX_COL):
            texts.append("#REF!")
            continue
        if piece.col:
            texts.append(("$" if piece.col_fixed else "") + column_letter(col))
        if piece.row:
            texts.append(("$" if piece.row_fixed else "") + str(row))
    return "".join(texts)


class _Master(NamedTuple):
    place: tuple[int, int]
    pieces: list[str | _Reference]


class SharedFormulas:
    """The shared formulas of one sheet; `spend` is told how long each text is that was made for a follower."""

    def __init__(self, spend: Callable[[int], None]) -> None:
        self._spend = spend
        self._masters: dict[str, _Master] = {}
        self._orphans: list[tuple[tuple[int, int], str]] = []  # met before their master

    def text_of(self, attrs: dict[str, str], text: str, place: tuple[int, int]) -> str:
        """The text of a formula: plain, array, data table or shared."""
        text = text.removeprefix("=")
        kind = attrs.get("t") if attrs else None
        if kind == "dataTable":
            return ""
        if kind != "shared":
            return text
        number = attrs.get("si", "")
        if text.strip():
            if number not in self._masters or "ref" in attrs:
                self._masters[number] = _Master(place, _pieces(text))
            return text
        if number not in self._masters:
            self._orphans.append((place, number))
            return ""
        return self._shifted(place, number)

    def _shifted(self, place: tuple[int, int], number: str) -> str:
        master = self._masters.get(number)
        if master is None:
            return ""
        text = _join(master.pieces, place[0] - master.place[0], place[1] - master.place[1])
        self._spend(len(text))  # a long master with a million followers would fill the memory
        return text

    def settle(self, cells: dict[tuple[int, int], Cell]) -> None:
        """At the end of a sheet: give the cells that came before their master the text they follow."""
        for place, number in self._orphans:
            if place in cells and cells[place].formula == "":
                cells[place] = cells[place]._replace(formula=self._shifted(place, number))

    def start_over(self) -> None:
        """Forget everything: the sheet is read anew."""
        self._masters.clear()
        self._orphans.clear()
