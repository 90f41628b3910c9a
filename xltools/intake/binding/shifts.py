"""Says where rows and columns were inserted or deleted, from how the known lines moved."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping

from xltools.form import model as m
from xltools.form.address import Ref
from xltools.intake.binding.state import Binding
from xltools.intake.submission import Computed


def notice_new_rows(b: Binding, computed: Mapping[Ref, Computed]) -> None:
    """Find the rows that were inserted into an open table: more rows than it was sent with, some without a formula.

    Where every row carries formulas (a row was copied), the last ones are taken for the new ones.
    """
    for table in b.form.tables:
        rows, grown = b.layout.capacities[table.name], b.grown(table)
        home = b.structure.sheet_of.get(table.sheet)
        if table.is_fixed or grown <= 0 or home is None:
            continue
        first = b.layout.spans[table.name, m.STATE_COLUMN].first
        holding: set[int] = set()
        for ref, found in computed.items():
            if ref.sheet == table.sheet and found.formula is not None and first <= ref.row < first + rows:
                holding.add(ref.row - first)
        bare = [index for index in range(rows) if index not in holding][:grown]
        b.structure.new_rows |= {(table.name, index) for index in bare}
        at = first + (bare[0] if bare else rows - grown)
        b.structure.inserted_rows.append((table.sheet, b.maps[table.sheet].place(at, 1)[0], grown))


def _notice_short_tables(b: Binding) -> None:
    """Say where an open table at the end of its sheet lost rows: no line below it tells."""
    for table in b.form.tables:
        span = b.layout.spans[table.name, m.STATE_COLUMN]
        shift = b.maps.get(table.sheet)
        if table.is_fixed or shift is None or any(row > span.last for row in shift.rows):
            continue
        known = [row for row in range(span.first, span.last + 1) if row in shift.rows]
        if known and len(known) <= span.last - span.first:
            last = shift.rows[known[-1]]
            b.structure.inserted_rows.append((table.sheet, last + 1, len(known) - (span.last - span.first + 1)))
            b.structure.shifted = True


def _in_order(known: Mapping[int, int]) -> list[int]:
    """Return the most lines that still follow each other: inserting and deleting keeps their order, a line that was
    cut and pasted elsewhere falls out of it."""
    ends: list[int] = []
    lengths: list[tuple[int, int]] = []
    for line in sorted(known):
        at = bisect_left(ends, known[line])
        ends[at : at + 1] = [known[line]]
        lengths.append((line, at))
    kept: list[int] = []
    wanted, below = len(ends) - 1, None
    for line, at in reversed(lengths):
        if at == wanted and (below is None or known[line] < below):
            kept.append(line)
            wanted, below = wanted - 1, known[line]
    return kept[::-1]


def _forget_cut_rows(b: Binding) -> None:
    """Leave the rows out whose label and input were cut and pasted elsewhere while their formulas stayed: only what
    was cut has moved."""
    known = set(b.structure.moved_names)
    for name, shift in b.maps.items():
        cells, order = shift.sheet.cells, set(_in_order(shift.rows))
        formulas = {ref.row: place for ref, place in b.layout.formula_cells.get(name, ())}
        for line in [row for row in shift.rows if row not in order and row in formulas]:
            at = cells.get(formulas[line])
            if at is None or at.formula is None:
                continue
            del shift.rows[line]
            here = (k.field for k, ref in b.layout.cells.items() if k.row < 0 and (ref.sheet, ref.row) == (name, line))
            moved = [(f, b.book.names[f]) for f in here if b.book.names.get(f, b.layout.names[f]) != b.layout.names[f]]
            b.structure.moved_names += [m for m in moved if m not in known]


def notice_shifts(b: Binding) -> None:
    """Say where rows or columns were inserted or deleted, from how the known lines moved. A line whose input is
    gone altogether is said by itself (ST015)."""
    _forget_cut_rows(b)
    _notice_short_tables(b)
    lost = {(ref.sheet, ref.row) for key in b.structure.unbound if (ref := b.layout.cells.get(key))}
    for name, shift in b.maps.items():
        for known, found in (
            (shift.rows, b.structure.inserted_rows),
            (shift.columns, b.structure.inserted_columns),
        ):
            moved, before = 0, 0
            for line in _in_order(known):
                change = known[line] - line - moved
                gone = sum((name, row) in lost for row in range(before + 1, line)) if known is shift.rows else 0
                if change and change != -gone:
                    found.append((name, known[line], change))
                moved, before = moved + change, line
                b.structure.shifted |= moved != 0
