"""Finds what stands in a workbook but is not seen: in rows and columns that were hidden or filtered away, under merges."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from xltools.form import model as m
from xltools.form.address import Ref, parse_area
from xltools.form.layout import Key
from xltools.intake.binding.state import Binding, SheetMap, Square
from xltools.intake.submission import Computed, Reading
from xltools.intake.xlsx.model import Sheet


def notice_unseen(b: Binding, readings: Mapping[Key, Reading], computed: Mapping[Ref, Computed]) -> None:
    """Say which filled cells are hidden and which inputs were merged; what the form itself hides is no matter."""
    inputs: dict[str, set[Square]] = {}
    for ref in b.where.values():
        inputs.setdefault(ref.sheet, set()).add((ref.row, ref.column))
    for made in b.layout.sheets:
        shift = b.maps.get(made.sheet.name)
        if shift is None or made.sheet.kind == "meta" or shift.sheet.state != "visible":
            continue
        sheet = shift.sheet
        own = {shift.place(1, column)[1] for column in made.hidden_columns}
        if sheet.hidden_rows or any(not own.issuperset(range(a, z + 1)) for a, z in sheet.hidden_cols):
            filled = [(r.ref.row, r.ref.column) for r in readings.values() if r.ref.sheet == sheet.name]
            if made.sheet.kind == "data":
                filled += [_place(computed[ref]) for ref in _figures(b, computed) if ref.sheet == made.sheet.name]
            b.structure.hidden_cells += [Ref(sheet.name, *at) for at in sorted(filled) if _is_hidden(sheet, at, own)]
        if sheet.merges:
            b.structure.merged += [(sheet.name, area) for area in _merged_inputs(b, shift, made.sheet.name, inputs)]


def _place(found: Computed) -> Square:
    return found.ref.row, found.ref.column


def _figures(b: Binding, computed: Mapping[Ref, Computed]) -> Iterator[Ref]:
    """Yield the formula cells that show a figure of the form; how a row stands is none."""
    for ref, key in b.layout.computed.items():
        if ref in computed and computed[ref].cached not in (None, "") and key.column != m.STATE_COLUMN:
            yield ref


def _is_hidden(sheet: Sheet, place: Square, own: Collection[int]) -> bool:
    row, column = place
    if column in own:
        return False
    return any(a <= row <= z for a, z in sheet.hidden_rows) or any(a <= column <= z for a, z in sheet.hidden_cols)


def _inside(places: Collection[Square], area: tuple[int, int, int, int]) -> list[Square]:
    """Return the places within an area (first row and column, last row and column), by whichever is the shorter walk."""
    top, left, bottom, right = area
    if (bottom - top + 1) * (right - left + 1) <= len(places):
        square = ((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))
        return [p for p in square if p in places]
    return [p for p in places if top <= p[0] <= bottom and left <= p[1] <= right]


def _merged_inputs(b: Binding, shift: SheetMap, name: str, asked: Mapping[str, set[Square]]) -> Iterator[str]:
    """Yield the merges that hold a filled input together with another cell of the form: the form's own never do."""
    cells = shift.sheet.cells
    inputs = asked.get(shift.sheet.name, set())
    filled = {p for p in inputs if p in cells and cells[p].value is not None}
    own: set[Square] = set()
    for merge in shift.sheet.merges:
        area = parse_area(merge)
        if area is None or not _inside(filled, area):
            continue
        own = own or inputs | {shift.place(*place) for place in b.layout.occupied[name]}
        if len(_inside(own, area)) > 1:
            yield merge
