"""Binds a workbook to its form: by defined names first, by the template's address and label where a name is lost."""

from __future__ import annotations

from collections.abc import Mapping

from xltools.form import model as m
from xltools.form.address import Ref
from xltools.form.layout import PREFILL, Key, Layout
from xltools.intake.binding.beside import beside_of
from xltools.intake.binding.cells import match_cells
from xltools.intake.binding.evidence import altered_texts, computed_of, lost_validations, outside_of
from xltools.intake.binding.returned_sheets import read_own_sheets
from xltools.intake.binding.sheets import align_sheets, match_sheets, notice_states
from xltools.intake.binding.shifts import notice_new_rows, notice_shifts
from xltools.intake.binding.state import Binding, SheetMap
from xltools.intake.binding.unseen import notice_unseen
from xltools.intake.cells.typed import read_cell
from xltools.intake.submission import Reading, Submission
from xltools.intake.xlsx.model import Book


def bind(book: Book, layout: Layout, file: str, sha256: str, meta: dict[str, str]) -> Submission:
    """Read a workbook as a submission of `layout`'s form.

    Raises UnreadableFile("not_ours") when neither names nor labels lead anywhere.
    """
    b = Binding(book, layout, meta)
    _match(b)
    notice_states(b)
    b.structure.outside = outside_of(b)
    b.structure.altered_texts = altered_texts(b)
    b.structure.lost_validations = lost_validations(b)
    readings = _readings(b)
    computed = computed_of(b)
    notice_new_rows(b, computed)
    notice_unseen(b, readings, computed)
    submission = Submission(
        file=file,
        sha256=sha256,
        form=b.form,
        layout=layout,
        meta=meta,
        prefilled={k[len(PREFILL) :]: v for k, v in meta.items() if k.startswith(PREFILL)},
        readings=readings,
        where=b.where,
        computed=computed,
        structure=b.structure,
        date1904=book.date1904,
        application=book.application,
        active=list(book.active),
        beside=beside_of(b),
    )
    read_own_sheets(book, submission)
    return submission


def _match(b: Binding) -> None:
    """Find out where everything of the form stands."""
    if b.intact:
        b.maps = {s.sheet.name: SheetMap(b.sheets[s.sheet.name]) for s in b.layout.sheets}
        b.structure.sheet_of = {s.sheet.name: s.sheet.name for s in b.layout.sheets}
        b.where = {key: b.layout.cells[key] for key in b.layout.inputs}
        return
    match_sheets(b)
    align_sheets(b)
    match_cells(b)
    notice_shifts(b)


def _row_unit(readings: Mapping[Key, Reading], key: Key, measured: Mapping[tuple[str, str], str]) -> str | None:
    """Return what a row says of its numbers' unit, None where rows of this table say none."""
    column = measured.get((key.field, key.column))
    if column is None:
        return None
    said = readings.get(Key(key.field, key.row, column))
    return "" if said is None or said.raw is None else str(said.raw)


def _readings(b: Binding) -> dict[Key, Reading]:
    """The typed reading of every input cell that is not empty."""
    readings: dict[Key, Reading] = {}
    sheets, formats, date1904 = b.sheets, b.book.number_formats, b.book.date1904
    slots = b.layout.inputs
    later: list[tuple[Key, Ref]] = []
    measured = {(t.table, c): t.unit for t in b.form.indicators if t.unit for c in (t.target, t.actual)}
    for key, ref in b.where.items():
        slot = slots.get(key)
        if slot is None:
            continue
        cell = sheets[ref.sheet].cells.get((ref.row, ref.column))
        if cell is None:
            continue
        item = slot.item
        assert item is not None
        if isinstance(item, m.Column) and (item.applies is not None or (key.field, key.column) in measured):
            later.append((key, ref))
            continue
        style = formats[cell.style] if cell.style < len(formats) else ""
        reading = read_cell(key, item, ref, cell, style, date1904)
        if reading is not None:
            readings[key] = reading
    for key, ref in later:
        item = slots[key].item
        assert isinstance(item, m.Column)
        cell = sheets[ref.sheet].cells[ref.row, ref.column]
        style = formats[cell.style] if cell.style < len(formats) else ""
        applies = True
        if item.applies is not None:
            ruling = readings.get(Key(key.field, key.row, item.applies.column))
            applies = ruling is not None and ruling.value in item.applies.values
        reading = read_cell(key, item, ref, cell, style, date1904, applies, _row_unit(readings, key, measured))
        if reading is not None:
            readings[key] = reading
    return readings
