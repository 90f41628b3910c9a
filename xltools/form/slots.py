"""What stands in a cell of a workbook and what a cell is of the form. Sheets' rows and columns count from 1."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from xltools.form import model as m
from xltools.form.address import absolute, quote_sheet

Role = Literal[
    "title",
    "note",
    "subtitle",
    "heading",
    "header",
    "label",
    "unit",
    "hint",
    "input",
    "bureau",
    "constant",
    "computed",
    "state",
    "status",
    "back",
    "told",
    "count",
    "first",
    "sign_wrong",
    "sign_doubt",
    "fixed",
    "plain",
    "master",
    "link",
    "legend_input",
    "legend_computed",
    "legend_bureau",
    "step",
    "signature",
]


COMPLETED: frozenset[Role] = frozenset({"signature", "legend_input", "input", "bureau"})
"""Roles of cells whose text staff may write behind or over."""


class Key(NamedTuple):
    """What a cell is of the form: a field, a table cell (row from 0), or a rule's explanation (field=核实说明_CODE)."""

    field: str
    row: int = -1
    column: str = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """One cell to write, row and column from 1: its role (style), and a text, a formula, or the input it takes."""

    row: int
    column: int
    role: Role
    text: m.Scalar = None
    formula: str | None = None
    key: Key | None = None
    item: m.Field | m.Column | None = None
    indent: int = 0
    link: str | None = None
    merge_to: int = 0


@dataclass(slots=True)
class SheetLayout:
    """The cells of one sheet and how it prints. Rows and columns count from 1, `widths` begins with the first column."""

    sheet: m.Sheet
    slots: list[Slot] = field(default_factory=list)
    widths: list[float] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    heights: dict[int, float] = field(default_factory=dict)
    header_rows: tuple[int, int] = (1, 1)
    freeze: tuple[int, int] | None = None
    last_row: int = 0
    print_columns: int = 1
    rows: list[tuple[int, int]] = field(default_factory=list)  # header and last row of each table of open rows
    past: tuple[int, int] = (
        0,
        0,
    )  # first and last row of what compares with last year: away where nothing is known of it
    wide: bool = False  # its rows are as high as their texts (a leading first page)

    @property
    def first_column(self) -> int:
        """The first column that is seen."""
        return next(c for c in range(1, len(self.widths) + 1) if c not in self.hidden_columns)

    def put(self, row: int, column: int, role: Role, text: m.Scalar = None, merge_to: int = 0) -> None:
        """Write a text."""
        self.slots.append(Slot(row, column, role, text=text, merge_to=merge_to))


class ColumnSpan(NamedTuple):
    """The cells of a table's column: sheet, column, first and last row, from 1."""

    sheet: str
    column: int
    first: int
    last: int

    @property
    def reference(self) -> str:
        """The absolute reference, like 绩效指标!$C$5:$C$44."""
        return f"{quote_sheet(self.sheet)}!{absolute(self.first, self.column)}:{absolute(self.last, self.column)}"


def bare_label(value: object) -> str:
    """Return a text without blanks and the required mark, for comparing labels (7.0 and 7 are one)."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).replace(" ", "").replace("　", "").rstrip("*").strip()


def text_height(text: str, width: float, line: float = 16.0) -> float:
    """Return a row height for text wrapped into `width` characters (a Chinese character takes two)."""
    taken = sum(2 if ord(ch) > 0x2E7F else 1 for ch in text)
    return line * max(1, -(-taken // max(1, int(width - 2)))) + 4
