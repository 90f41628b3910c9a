"""What a sheet of the consolidated workbook is, before anything is written: columns, totals, texts, charts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

CellContent = str | int | float | bool | None
Kind = Literal["text", "wrap", "code", "centre", "amount", "percent", "score", "integer", "number", "level", "link"]
Reader = Literal["leader", "work", "proof"]
"""Whom a sheet is for: the leader's version, the bureau's daily work, or those who look into where figures come from."""
NUMBERS: frozenset[Kind] = frozenset({"amount", "percent", "score", "integer", "number"})


@dataclass(slots=True)
class GridColumn:
    """One column. `formulas`: one template for every row, or one a row (None: the value alone).

    In a template, «key» is the whole column of this sheet, «key@» the cell of this row, «key^0» its cell in total row 0,
    and «sheet!key» the same on another sheet.
    """

    key: str
    title: str
    kind: Kind
    values: Sequence[CellContent]
    group: str = ""
    width: float = 12.0
    decimals: int = 2
    formulas: str | Sequence[str | None] | None = None
    look: Literal["", "bar", "heat", "state"] = ""
    scale: tuple[float, float] = (0.0, 1.0)  # of a heat map: from dark to white
    below: float | None = None  # figures under this are marked
    above: float | None = None  # figures over this are marked as wrong
    links: Sequence[str | None] | None = None


@dataclass(frozen=True, slots=True)
class Total:
    """One cell above a column: a template and the value it must give, or a value alone."""

    value: CellContent
    formula: str | None = None
    kind: Kind | None = None


@dataclass(slots=True)
class TotalRow:
    """A row above the header that speaks of the whole column."""

    label: str
    cells: Mapping[str, Total]


@dataclass(slots=True)
class Grid:
    """One worksheet of rows and columns."""

    name: str
    title: str
    columns: list[GridColumn]
    note: str = ""
    totals: list[TotalRow] = field(default_factory=list)
    keep: int = 2  # columns that stay in sight, and repeat on every printed page
    marked: frozenset[int] = frozenset()  # rows that are in the totals by request only
    empty: str = "没有"
    part: str = ""
    reader: Reader = "work"
    portrait: bool = False
    hidden: bool = False

    @property
    def rows(self) -> int:
        """How many rows of data it has."""
        return len(self.columns[0].values) if self.columns else 0

    def column(self, key: str) -> GridColumn:
        """Return the column of that key; KeyError when there is none."""
        for column in self.columns:
            if column.key == key:
                return column
        raise KeyError(key)

    def piece(self, first: int, last: int, name: str, part: str) -> Grid:
        """Return the rows first … last−1 as a sheet of their own."""
        columns = [
            replace(
                c,
                values=c.values[first:last],
                formulas=c.formulas if c.formulas is None or isinstance(c.formulas, str) else c.formulas[first:last],
                links=None if c.links is None else c.links[first:last],
            )
            for c in self.columns
        ]
        marked = frozenset(r - first for r in self.marked if first <= r < last)
        return replace(self, name=name, columns=columns, marked=marked, part=part)


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A figure of the first page: what it is called, its template or value, how it is shown."""

    label: str
    value: CellContent
    formula: str | None = None
    kind: Kind = "integer"


@dataclass(frozen=True, slots=True)
class Bars:
    """A native chart over columns of a sheet; several of one size share a row of the page."""

    title: str
    sheet: str
    category: str
    series: tuple[tuple[str, str], ...]  # (name, column key)
    lying: bool = False
    number: str = "0"
    size: Literal["third", "half"] = "half"
    low: float | None = None
    high: float | None = None
    count: int = 0


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """Sentences under a title."""

    title: str
    lines: list[str]


@dataclass(slots=True)
class Overview:
    """The first page that speaks: a verdict and what it leaves to be said, figures in strips, charts, words."""

    name: str
    title: str
    lines: list[str]
    look: Literal["complete", "stage", "broken"]
    verdict: str
    more: Sequence[str]
    problems: Sequence[str]
    strips: list[tuple[str, list[KeyFigure]]]
    body: list[Bars | Paragraphs]


@dataclass(frozen=True, slots=True)
class Letter:
    """A page of words that the bureau may edit: headings, each with its paragraphs."""

    name: str
    title: str
    parts: Sequence[Paragraphs]
    note: str = ""
    signed: Sequence[str] = ()


@dataclass(slots=True)
class Cover:
    """The cover: what this is, of which year, by whom, when."""

    title: str
    year: str
    bureau: str
    day: str
    lines: list[str]
    footer: str = ""


Page = Overview | Letter | Grid


@dataclass(slots=True)
class Plan:
    """A whole workbook, ready to be written; sheets in order."""

    title: str
    subject: str
    cover: Cover
    sheets: list[Page] = field(default_factory=list)
