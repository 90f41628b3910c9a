"""What the steps of binding share: the workbook, the form's layout, and what was found so far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from xltools.form import model as m
from xltools.form.address import Ref
from xltools.form.layout import Key, Layout, bare_label
from xltools.intake.binding.alignment import Alignment, strays
from xltools.intake.binding.meta import rows_sent
from xltools.intake.binding.references import parse_reference
from xltools.intake.submission import Structure
from xltools.intake.xlsx.model import Book, Sheet

Square = tuple[int, int]
"""Row and column, from 1."""


@dataclass(slots=True)
class SheetMap:
    """How the rows and columns of a template sheet moved in the sender's file."""

    sheet: Sheet
    rows: dict[int, int] = field(default_factory=dict)
    columns: dict[int, int] = field(default_factory=dict)

    def place(self, row: int, column: int) -> tuple[int, int]:
        """Return where a template's cell stands now: as its nearest known neighbour above moved."""
        return self._shift(self.rows, row), self._shift(self.columns, column)

    @staticmethod
    def _shift(known: dict[int, int], line: int) -> int:
        if not known:
            return line
        if line in known:
            return known[line]
        before = [k for k in known if k < line]
        anchor = max(before) if before else min(known)
        return line + known[anchor] - anchor


class Binding:
    """One workbook on its way to a submission."""

    def __init__(self, book: Book, layout: Layout, meta: Mapping[str, str]) -> None:
        self.book, self.layout, self.form, self.meta = book, layout, layout.form, meta
        self.structure = Structure()
        self._labels: dict[str, dict[str, list[Square]]] = {}
        self._columns: dict[str, dict[int, dict[int, object]]] = {}
        self.sheets = {s.name: s for s in book.sheets}
        self.where: dict[Key, Ref] = {}
        self.maps: dict[str, SheetMap] = {}
        expected = layout.names
        self.alignments: dict[str, Alignment] = {}
        self._column_votes: dict[str, dict[int, Counter[int]]] = {}
        self.intact = (
            all(book.names.get(n) == r for n, r in expected.items())
            and all(s.sheet.name in self.sheets for s in layout.sheets)
            and not any(strays(texts, self.sheets[name]) for name, texts in layout.fixed_texts.items())
        )

    def labelled(self, home: str, text: object) -> Sequence[Square]:
        """Return the cells of a sheet that hold a label, in their order; the sheet is gone through once."""
        if home not in self._labels:
            found: dict[str, list[Square]] = {}
            for place, cell in self.sheets[home].cells.items():
                found.setdefault(bare_label(cell.value), []).append(place)
            self._labels[home] = found
        return self._labels[home].get(bare_label(text), ()) if bare_label(text) else ()

    def column_of(self, home: str, column: int) -> Mapping[int, object]:
        """Return what stands in a column of a sheet, by row in their order; the sheet is gone through once."""
        if home not in self._columns:
            columns: dict[int, dict[int, object]] = {}
            for (row, at), cell in sorted(self.sheets[home].cells.items()):
                if cell.value is not None:
                    columns.setdefault(at, {})[row] = cell.value
            self._columns[home] = columns
        return self._columns[home].get(column, {})

    def column_now(self, sheet: str, column: int) -> int:
        """Return where most of a template column stands, by its names and its fixed texts: what was cut out of it and
        pasted elsewhere moves nothing else."""
        if sheet not in self._column_votes:
            self._column_votes[sheet] = self._votes(sheet)
        votes = self._column_votes[sheet].get(column)
        return column if votes is None else max(votes, key=lambda now: (votes[now], now == column))

    def _votes(self, sheet: str) -> dict[int, Counter[int]]:
        votes: dict[int, Counter[int]] = {}
        home = self.structure.sheet_of.get(sheet)
        for name, reference in self.layout.names.items():
            origin, target = parse_reference(reference), parse_reference(self.book.names.get(name, ""))
            if origin is not None and target is not None and (origin[0], target[0]) == (sheet, home):
                votes.setdefault(origin[2], Counter())[target[2]] += 1
        cells = self.sheets[home].cells if home else {}
        for row, column, text in self.layout.fixed_texts.get(sheet, ()):
            there = cells.get((row, column))
            if there is not None and bare_label(there.value) == text:
                votes.setdefault(column, Counter())[column] += 1
        return votes

    def grown(self, table: m.Table) -> int:
        """Return how many rows more a table has than it was sent with."""
        return self.layout.capacities[table.name] - rows_sent(table, self.meta)
