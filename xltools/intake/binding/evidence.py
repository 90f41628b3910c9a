"""What the file says beside its inputs: formula cells, content outside the form, limits that were lost."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache

from xltools.form.address import Ref, parse_area
from xltools.form.layout import Key, Layout
from xltools.form.sheets.changed import HEADING
from xltools.form.slots import bare_label
from xltools.intake.binding.returned_sheets import BACK, NEXT
from xltools.intake.binding.state import Binding
from xltools.intake.submission import Computed
from xltools.intake.xlsx.model import MAX_ROW, Cell, Validation


def outside_of(b: Binding) -> list[tuple[Ref, object]]:
    """Return the cells on the form's sheets that hold something where the form has nothing."""
    found: list[tuple[Ref, object]] = []
    for name, shift in b.maps.items():
        if b.layout.sheet(name).sheet.kind == "meta":
            continue
        own: Collection[tuple[int, int]] = b.layout.occupied[name]
        if not b.intact:
            rows = {row: shift.place(row, 1)[0] for row in {r for r, _ in own}}
            columns = {column: shift.place(1, column)[1] for column in {c for _, c in own}}
            own = {(rows[r], columns[c]) for r, c in own} | set(_inputs_on(b, shift.sheet.name))
        cells = shift.sheet.cells
        if b.layout.sheet(name).sheet.kind == "guide":
            own = {*own, *_said_of_last_year(cells)}
        texts = () if b.intact else {s.text for s in b.layout.sheet(name).slots if isinstance(s.text, str)}
        places = [
            p
            for p in cells.keys() - own
            if _says_something(cells[p].value) and cells[p].value not in texts and cells[p].value not in (NEXT, BACK)
        ]
        found += [(Ref(shift.sheet.name, *place), cells[place].value) for place in sorted(places)]
    return found


def _said_of_last_year(cells: Mapping[tuple[int, int], Cell]) -> Iterator[tuple[int, int]]:
    """Yield the cells of the first sheet in which we said what is new: the heading and the numbered lines under it."""
    for row, column in [place for place, cell in cells.items() if cell.value == HEADING]:
        yield row, column
        number = 1
        while (mark := cells.get((row + number, column))) is not None and mark.value == number:
            yield from ((row + number, column), (row + number, column + 1))
            number += 1


def _inputs_on(b: Binding, home: str) -> list[tuple[int, int]]:
    return [(ref.row, ref.column) for ref in b.where.values() if ref.sheet == home]


def altered_texts(b: Binding) -> list[tuple[Ref, Ref, object]]:
    """Return the locked cells without a formula that no longer say what the template says: its cell, the sender's,
    what stands there. A workbook of another edition has other texts: nothing is said of them here."""
    if b.meta.get("digest", b.form.digest) != b.form.digest:
        return []
    found: list[tuple[Ref, Ref, object]] = []
    for name, texts in b.layout.locked_texts.items():
        shift = b.maps.get(name)
        if shift is None:
            continue
        cells = shift.sheet.cells
        for row, column, text in texts:
            place = (row, column) if b.intact else shift.place(row, column)
            cell = cells.get(place)
            value = None if cell is None else cell.value
            if value != text and not _says_the_same(value, text) and (b.intact or row in shift.rows):
                found.append((Ref(name, row, column), Ref(shift.sheet.name, *place), value))
    return found


@lru_cache(maxsize=4_096)  # the same few texts in book after book
def _says_the_same(there: object, text: object) -> bool:
    """True when two contents differ at most in what a re-save changes: blanks, line ends, the number's type."""
    return bare_label("".join(str(there).split()) if isinstance(there, str) else there) == bare_label(
        "".join(str(text).split()) if isinstance(text, str) else text
    )


def lost_validations(b: Binding) -> list[Ref]:
    """Return the inputs that no longer carry the drop-down or the limits that the template gave them."""
    limited = tuple((name, tuple(sheet.validations)) for name, sheet in b.sheets.items())
    if b.intact and sum(len(validations) for _, validations in limited) <= _FEW:
        return list(_lost_in_place(b.layout, limited))
    return _lost(b.layout, limited, b.where)


def computed_of(b: Binding) -> dict[Ref, Computed]:
    """Return what stands in each formula cell of the template."""
    found: dict[Ref, Computed] = {}
    if b.intact:
        for name, places in b.layout.formula_cells.items():
            cells = b.sheets[name].cells
            for ref, place in places:
                cell = cells.get(place)
                found[ref] = (
                    Computed(ref, None, None, False) if cell is None else Computed(ref, cell.formula, cell.value, True)
                )
        return found
    of_tables = {(span.sheet, row) for span in b.layout.spans.values() for row in range(span.first, span.last + 1)}
    claimed = {name: set(shift.rows.values()) for name, shift in b.maps.items()}
    for ref in b.layout.formulas:
        shift = b.maps.get(ref.sheet)
        if shift is None:
            continue
        row, column = shift.place(ref.row, ref.column)
        if ref.row not in shift.rows and ((ref.sheet, ref.row) in of_tables or row in claimed[ref.sheet]):
            continue  # its own row was deleted
        cell = shift.sheet.cells.get((row, column))
        found[Ref(ref.sheet, ref.row, ref.column)] = (
            Computed(Ref(shift.sheet.name, row, column), None, None, False)
            if cell is None
            else Computed(Ref(shift.sheet.name, row, column), cell.formula, cell.value, True)
        )
    return found


_Limited = tuple[tuple[str, tuple[Validation, ...]], ...]
"""Each sheet with its validations."""
_FEW = 2_000
"""Validations of a workbook whose answer is worth keeping for the next."""


@lru_cache(maxsize=32)
def _lost_in_place(layout: Layout, limits: _Limited) -> tuple[Ref, ...]:
    """The same for all the workbooks in which nothing moved: those saved by one program mostly share the answer."""
    return tuple(_lost(layout, limits, layout.cells))


def _lost(layout: Layout, limits: _Limited, where: Mapping[Key, Ref]) -> list[Ref]:
    asked = [(ref, is_list) for key, is_list in layout.limited.items() if (ref := where.get(key)) is not None]
    columns: dict[str, set[int]] = {}
    for ref, _ in asked:
        columns.setdefault(ref.sheet, set()).add(ref.column)
    covered = {name: _coverage(validations, columns[name]) for name, validations in limits if name in columns}
    return [ref for ref, is_list in asked if not _covers(covered[ref.sheet][is_list], ref)]


_Spans = dict[int, list[tuple[int, int]]]
"""Column → runs of rows, in order and apart."""


def _coverage(validations: Iterable[Validation], columns: Collection[int]) -> tuple[_Spans, _Spans]:
    """Return where the columns of a sheet have validations of any kind, and where they have lists."""
    any_kind: _Spans = {}
    lists: _Spans = {}
    for validation in validations:
        if validation.type == "none":
            continue
        for text in validation.sqref.split():
            area = parse_area(text)
            if area is None:
                continue
            top, left, bottom, right = area
            for column in columns:
                if left <= column <= right:
                    any_kind.setdefault(column, []).append((top, bottom))
                    if validation.type == "list":
                        lists.setdefault(column, []).append((top, bottom))
    return _merged(any_kind), _merged(lists)


def _merged(spans: _Spans) -> _Spans:
    """The same rows in runs that neither overlap nor touch."""
    found: _Spans = {}
    for column, runs in spans.items():
        kept: list[tuple[int, int]] = []
        for first, last in sorted(runs):
            if kept and first <= kept[-1][1] + 1:
                kept[-1] = kept[-1][0], max(last, kept[-1][1])
            else:
                kept.append((first, last))
        found[column] = kept
    return found


def _covers(spans: _Spans, ref: Ref) -> bool:
    runs = spans.get(ref.column, [])
    at = bisect_right(runs, (ref.row, MAX_ROW)) - 1
    return at >= 0 and runs[at][0] <= ref.row <= runs[at][1]


def _says_something(value: object) -> bool:
    """True for any number, and for a text that is not just blanks."""
    return bool(value.strip()) if isinstance(value, str) else value is not None
