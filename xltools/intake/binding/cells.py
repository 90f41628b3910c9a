"""Finds each single input: by name where the name still leads to its label, else by label, else by address."""

from __future__ import annotations

from collections import Counter

from xltools.form.address import Ref, quote_sheet
from xltools.form.layout import bare_label
from xltools.intake.binding.references import Area, parse_reference, same_label
from xltools.intake.binding.state import Binding
from xltools.intake.binding.tables import match_table


def match_cells(b: Binding) -> None:
    """Find each input, by name where the name still leads to its label, else by label, else by address."""
    _anchor_columns(b)
    for key, ref in b.layout.cells.items():
        if key.row >= 0:
            continue
        expected = b.layout.names[key.field]
        actual = b.book.names.get(key.field)
        target = parse_reference(actual) if actual is not None else None
        place = _named_place(b, ref.sheet, target)
        doubtful = actual != expected or ref.sheet in b.alignments
        astray = place is None or (doubtful and not (_label_fits(b, ref, place) and _column_fits(b, ref, place)))
        if astray:
            named, place = place, _by_label(b, ref)
            if named is not None and place is not None and _was_cut(b, ref, place, named):
                b.where[key] = named
                b.structure.moved_names.append((key.field, actual or ""))
                b.maps[ref.sheet].rows.setdefault(ref.row, place.row)
                continue
            astray = place is None or place != named
        if place is None:
            if key in b.layout.inputs and b.structure.sheet_of.get(ref.sheet):
                b.structure.unbound.append(key)
            continue
        if astray and actual is None:
            b.structure.lost_names.append(key.field)
        elif astray and actual is not None:
            b.structure.moved_names.append((key.field, actual))
        b.where[key] = place
        shift = b.maps[ref.sheet]
        if not astray and place.column != shift.columns.get(ref.column, place.column):
            b.structure.moved_names.append((key.field, actual or ""))  # cut out of a column that stands where it was
        shift.rows.setdefault(ref.row, place.row)
        shift.columns.setdefault(ref.column, place.column)
    for table in b.form.tables:
        match_table(b, table)
    for name, aligned in b.alignments.items():
        if not _names_stayed(b, name):
            continue  # the names moved with the lines: they know better
        for known, found in ((b.maps[name].rows, aligned.rows), (b.maps[name].columns, aligned.columns)):
            for line, now in found.items():
                known.setdefault(line, now)


def _was_cut(b: Binding, ref: Ref, home: Ref, named: Ref) -> bool:
    """True when a cell's content was cut and pasted where the form has nothing, and its name went with it: the
    workbook's own formulas read it there."""
    cells = b.sheets[named.sheet].cells
    there, here = cells.get((named.row, named.column)), cells.get((home.row, home.column))
    free = (named.row, named.column) not in b.layout.occupied[ref.sheet] and named != home
    blank = here is None or here.value in (None, "")
    return free and blank and there is not None and there.value not in (None, "")


def _anchor_columns(b: Binding) -> None:
    """Fix the columns most of whose fixed texts stand where the template has them: names may have been cut out of them."""
    for name, texts in b.layout.fixed_texts.items():
        shift = b.maps.get(name)
        if shift is None or name in b.alignments:
            continue
        cells, there, all_ = shift.sheet.cells, Counter[int](), Counter[int]()
        for row, column, text in texts:
            all_[column] += 1
            there[column] += (row, column) in cells and bare_label(cells[row, column].value) == text
        shift.columns |= {column: column for column, count in there.items() if 2 * count > all_[column]}


def _names_stayed(b: Binding, sheet: str) -> bool:
    """True when the sheet's lines moved without its names: every name reads as the template has it."""
    start = quote_sheet(sheet) + "!"
    if any(t.sheet == sheet and not t.is_fixed and b.grown(t) > 0 for t in b.form.tables):
        return False
    return all(b.book.names.get(n) == r for n, r in b.layout.names.items() if r.startswith(start))


def _named_place(b: Binding, sheet: str, target: Area | None) -> Ref | None:
    """Return the cell a name leads to, if it lies on the sheet where it belongs."""
    if target is None or target[0] != b.structure.sheet_of.get(sheet):
        return None
    return Ref(target[0], target[1], target[2])


def _label_of(b: Binding, ref: Ref) -> tuple[int, object] | None:
    """Return (column, text) of the label in a template row of fields."""
    made = b.layout.sheet(ref.sheet)
    column = 1 if made.sheet.kind == "checks" else made.sheet.columns.label
    slot = b.layout.by_cell.get(Ref(ref.sheet, ref.row, column))
    return None if slot is None else (column, slot.text)


def _label_fits(b: Binding, ref: Ref, place: Ref) -> bool:
    label = _label_of(b, ref)
    if label is None:
        return True
    column, text = label
    cells = b.sheets[place.sheet].cells
    shift = place.column - ref.column
    candidates = {column, column + shift}
    return any(
        c > 0 and (cell := cells.get((place.row, c))) is not None and same_label(cell.value, text) for c in candidates
    )


def _column_fits(b: Binding, ref: Ref, place: Ref) -> bool:
    """True when a cell stands in the column that its sheet's headings say, or most of that column's cells."""
    aligned = b.alignments.get(ref.sheet)
    now = b.column_now(ref.sheet, ref.column) if aligned is None else aligned.column(ref.column)
    return now == place.column


def _by_label(b: Binding, ref: Ref) -> Ref | None:
    """Return where the row of that label stands now: at its address, else the only row that carries it."""
    home = b.structure.sheet_of.get(ref.sheet)
    label = _label_of(b, ref)
    if home is None or label is None:
        return None
    column, text = label
    aligned = b.alignments.get(ref.sheet)
    same = Ref(home, ref.row, b.column_now(ref.sheet, ref.column) if aligned is None else ref.column)
    if _label_fits(b, ref, same) and _column_fits(b, ref, same):
        return same
    row = None if aligned is None else aligned.row(ref.row)
    if aligned is not None and row is not None:
        return Ref(home, row, aligned.column(ref.column))
    rows = b.labelled(home, text)
    twins = sum(1 for s in b.layout.sheet(ref.sheet).slots if s.role == "label" and s.text == text)
    if len(rows) == 1 and twins == 1:
        row, found = rows[0]
        return Ref(home, row, ref.column + found - column)
    return None
