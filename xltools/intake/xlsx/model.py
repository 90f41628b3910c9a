"""What an .xlsx workbook is read as: sparse cells with value, kind, formula and style, and what surrounds them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

MAX_ROW, MAX_COL = 1_048_576, 16_384


class Cell(NamedTuple):
    """One cell: `kind` is n, s, b, e (error), d (ISO date) or "" (no value); a formula's value is the cached one."""

    value: str | float | int | bool | None
    kind: str
    formula: str | None  # without "="; "" if the cell has a formula whose text the file does not give
    style: int


class Validation(NamedTuple):
    """One data validation, of the standard or of the 2010 extension."""

    sqref: str
    type: str
    formula1: str | None
    formula2: str | None
    operator: str


@dataclass(slots=True)
class Sheet:
    """One sheet; `kind` is worksheet, chartsheet, dialogsheet, macrosheet or missing (its part is not there)."""

    name: str
    state: str = "visible"
    part: str = ""
    kind: str = "worksheet"
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)  # (row, column), from 1
    protected: bool = False
    validations: list[Validation] = field(default_factory=list)
    merges: list[str] = field(default_factory=list)
    hyperlinks: list[tuple[str, str]] = field(default_factory=list)  # (range, target or "#place")
    hidden_rows: list[tuple[int, int]] = field(default_factory=list)  # (first, last)
    hidden_cols: list[tuple[int, int]] = field(default_factory=list)
    comments: list[tuple[str, str]] = field(default_factory=list)  # (cell, text)


@dataclass(slots=True)
class Book:
    """One workbook; `active` lists what could act or reach outside, as (kind, where)."""

    sheets: list[Sheet] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    sheet_names: dict[tuple[int, str], str] = field(default_factory=dict)  # (sheet index, name)
    date1904: bool = False
    number_formats: list[str] = field(default_factory=list)  # by style
    active: list[tuple[str, str]] = field(default_factory=list)
    application: str = ""
    format: str = "xlsx"  # a word of container.KIND_WORDS; another than xlsx carries less (see foreign.LACKS)
