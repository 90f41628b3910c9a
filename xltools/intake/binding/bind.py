"""Binds a workbook to its form: by defined names first, by the template's address and label where a name is lost."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from xltools.errors import UnreadableFile
from xltools.form import model as m
from xltools.form.address import Ref, parse_a1, quote_sheet
from xltools.form.layout import CAPACITY, PREFILL, Key, Layout, bare_label
from xltools.intake.binding.alignment import Alignment, align, strays
from xltools.intake.binding.returned_sheets import ASIDE_SHEET, LIST_SHEET, read_own_sheets
from xltools.intake.cells.typed import read_cell
from xltools.intake.cells.written import plain_text
from xltools.intake.submission import Computed, Reading, Structure, Submission
from xltools.intake.xlsx.model import Book, Sheet, Validation

OWN_SHEETS = frozenset({LIST_SHEET, ASIDE_SHEET})
"""Sheets that our return copies add; they are part of no form and no tampering."""

MOST_ROWS = 400
"""Rows of an open table that are bound; a template of more takes seconds to build."""


@dataclass(slots=True)
class _SheetMap:
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


def read_meta(book: Book, form_sheet: str = "_meta") -> dict[str, str]:
    """Return what the hidden _meta sheet says (key → text); empty when there is none."""
    for sheet in book.sheets:
        if sheet.name == form_sheet or sheet.name.lstrip("_").lower() == "meta":
            found: dict[str, str] = {}
            for (row, column), cell in sheet.cells.items():
                if column == 1 and cell.value is not None:
                    value = sheet.cells.get((row, 2))
                    found[str(cell.value)] = "" if value is None else plain_text(value.value)
            return found
    return {}


def rows_sent(table: m.Table, meta: Mapping[str, str]) -> int:
    """Return the rows an open table was sent with: as _meta says, else as the definition does."""
    text = meta.get(CAPACITY + table.name, "")
    return int(text) if text.isdigit() else table.capacity


def capacities_of(form: m.Form, meta: Mapping[str, str], book: Book, layout: Layout) -> dict[str, int]:
    """Return the rows each open table has in this workbook: by _meta, or by its names when rows were inserted."""
    found: dict[str, int] = {}
    for table in form.tables:
        if table.is_fixed:
            continue
        count = rows_sent(table, meta)
        for column in table.columns:
            span = parse_reference(book.names.get(f"{table.name}_{column.name}", ""))
            if span is not None:
                count = max(count, span[3] - span[1] + 1)
        if count > table.capacity:  # a name may say a million rows: what counts is what stands there, within reason
            used = max((place[0] for sheet in book.sheets for place in sheet.cells), default=0)
            count = max(table.capacity, min(count, used, MOST_ROWS))
        found[table.name] = count
    return found


def parse_reference(text: str) -> tuple[str, int, int, int, int] | None:
    """Return (sheet, first row, first column, last row, last column) of 'Sheet'!$A$1[:$B$2], or None."""
    sheet, separator, area = text.rpartition("!")
    if not separator:
        return None
    if sheet.startswith("'") and sheet.endswith("'"):
        sheet = sheet[1:-1].replace("''", "'")
    first, _, last = area.partition(":")
    start, end = parse_a1(first), parse_a1(last or first)
    if start is None or end is None:
        return None
    return sheet.lstrip("$"), *start, *end


def bind(book: Book, layout: Layout, file: str, sha256: str, meta: dict[str, str]) -> Submission:
    """Read a workbook as a submission of `layout`'s form.

    Raises UnreadableFile("not_ours") when neither names nor labels lead anywhere.
    """
    submission = _Binder(book, layout, file, sha256, meta).submission()
    read_own_sheets(book, submission)
    return submission


class _Binder:
    def __init__(self, book: Book, layout: Layout, file: str, sha256: str, meta: dict[str, str]) -> None:
        self.book, self.layout, self.form = book, layout, layout.form
        self.file, self.sha256, self.meta = file, sha256, meta
        self.structure = Structure()
        self.sheets = {s.name: s for s in book.sheets}
        self.where: dict[Key, Ref] = {}
        self.maps: dict[str, _SheetMap] = {}
        expected = layout.names
        self.alignments: dict[str, Alignment] = {}
        self.intact = (
            all(book.names.get(n) == r for n, r in expected.items())
            and all(s.sheet.name in self.sheets for s in layout.sheets)
            and not any(strays(texts, self.sheets[name]) for name, texts in layout.fixed_texts.items())
        )

    def submission(self) -> Submission:
        if self.intact:
            self.maps = {s.sheet.name: _SheetMap(self.sheets[s.sheet.name]) for s in self.layout.sheets}
            self.structure.sheet_of = {s.sheet.name: s.sheet.name for s in self.layout.sheets}
            self.where = {key: self.layout.cells[key] for key in self.layout.inputs}
        else:
            self._match_sheets()
            self._align_sheets()
            self._match_cells()
            self._notice_shifts()
        self._states_of_sheets()
        self.structure.outside = self._outside()
        self.structure.lost_validations = self._lost_validations()
        readings = self._readings()
        computed = self._computed()
        self._notice_new_rows(computed)
        prefilled = {k[len(PREFILL) :]: v for k, v in self.meta.items() if k.startswith(PREFILL)}
        return Submission(
            self.file,
            self.sha256,
            self.form,
            self.layout,
            self.meta,
            prefilled,
            readings,
            self.where,
            computed,
            self.structure,
            self.book.date1904,
            self.book.application,
            list(self.book.active),
        )

    # ------------------------------------------------------------------ sheets
    def _match_sheets(self) -> None:
        """Find each template sheet: by its name, by where its defined names point, by its title and labels."""
        used: set[str] = set()
        homes: dict[str, dict[str, int]] = {}
        for name, expected in self.layout.names.items():
            target = parse_reference(self.book.names.get(name, ""))
            origin = parse_reference(expected)
            if target is not None and origin is not None and target[0] in self.sheets:
                votes = homes.setdefault(origin[0], {})
                votes[target[0]] = votes.get(target[0], 0) + 1
        for made in self.layout.sheets:
            name = made.sheet.name
            found = self.sheets.get(name)
            if found is None and homes.get(name):
                best = max(homes[name], key=lambda n: homes[name][n])
                found = self.sheets[best]
            if found is None:
                found = self._by_labels(name, used)
            if found is None:
                self.structure.missing.append(name)
                self.structure.sheet_of[name] = None
                continue
            used.add(found.name)
            self.structure.sheet_of[name] = found.name
            self.maps[name] = _SheetMap(found)
            if found.name != name:
                self.structure.renamed.append((name, found.name))
        data = [s.sheet.name for s in self.layout.sheets if s.sheet.kind == "data"]
        if data and all(self.structure.sheet_of.get(n) is None for n in data):
            raise UnreadableFile("not_ours", form=self.form.id)

    def _by_labels(self, name: str, used: set[str]) -> Sheet | None:
        """Return the one sheet whose fixed texts are mostly this template sheet's, if there is just one."""
        made = self.layout.sheet(name)
        texts = {
            s.text
            for s in made.slots
            if s.role in ("label", "header", "heading", "fixed", "title")
            and isinstance(s.text, str)
            and len(s.text) > 1
        }
        if not texts:
            return None
        scores = []
        for sheet in self.book.sheets:
            if sheet.name in used or sheet.name in {s.sheet.name for s in self.layout.sheets}:
                continue
            seen = {c.value for c in sheet.cells.values() if isinstance(c.value, str)}
            scores.append((len(texts & seen) / len(texts), sheet.name))
        scores.sort(reverse=True)
        return self.sheets[scores[0][1]] if scores and scores[0][0] >= 0.6 else None

    def _align_sheets(self) -> None:
        """Where a sheet's fixed texts are not at home, find out how its lines moved."""
        for name, texts in self.layout.fixed_texts.items():
            home = self.structure.sheet_of.get(name)
            if home is not None and strays(texts, self.sheets[home]):
                self.alignments[name] = align(texts, self.sheets[home])

    # ------------------------------------------------------------------ cells
    def _match_cells(self) -> None:
        """Find each input, by name where the name still leads to its label, else by label, else by address."""
        for key, ref in self.layout.cells.items():
            if key.row >= 0:
                continue
            expected = self.layout.names[key.field]
            actual = self.book.names.get(key.field)
            target = parse_reference(actual) if actual is not None else None
            place = self._named_place(ref.sheet, target)
            doubtful = actual != expected or ref.sheet in self.alignments
            astray = place is None or (
                doubtful and not (self._label_fits(ref, place) and self._column_fits(ref, place))
            )
            if astray:
                named, place = place, self._by_label(ref)
                astray = place is None or place != named
            if place is None:
                if key in self.layout.inputs and self.structure.sheet_of.get(ref.sheet):
                    self.structure.unbound.append(key)
                continue
            if astray and actual is None:
                self.structure.lost_names.append(key.field)
            elif astray and actual is not None:
                self.structure.moved_names.append((key.field, actual))
            self.where[key] = place
            shift = self.maps[ref.sheet]
            shift.rows.setdefault(ref.row, place.row)
            shift.columns.setdefault(ref.column, place.column)
        for table in self.form.tables:
            self._match_table(table)
        for name, aligned in self.alignments.items():
            if not self._names_stayed(name):
                continue  # the names moved with the lines: they know better
            for known, found in ((self.maps[name].rows, aligned.rows), (self.maps[name].columns, aligned.columns)):
                for line, now in found.items():
                    known.setdefault(line, now)

    def _names_stayed(self, sheet: str) -> bool:
        """True when the sheet's lines moved without its names: every name reads as the template has it."""
        start = quote_sheet(sheet) + "!"
        if any(t.sheet == sheet and not t.is_fixed and self._grown(t) > 0 for t in self.form.tables):
            return False
        return all(self.book.names.get(n) == r for n, r in self.layout.names.items() if r.startswith(start))

    def _named_place(self, sheet: str, target: tuple[str, int, int, int, int] | None) -> Ref | None:
        """Return the cell a name leads to, if it lies on the sheet where it belongs."""
        if target is None or target[0] != self.structure.sheet_of.get(sheet):
            return None
        return Ref(target[0], target[1], target[2])

    def _label_of(self, ref: Ref) -> tuple[int, object] | None:
        """Return (column, text) of the label in a template row of fields."""
        made = self.layout.sheet(ref.sheet)
        column = 1 if made.sheet.kind == "checks" else made.sheet.columns.label
        slot = self.layout.by_cell.get(Ref(ref.sheet, ref.row, column))
        return None if slot is None else (column, slot.text)

    def _label_fits(self, ref: Ref, place: Ref) -> bool:
        label = self._label_of(ref)
        if label is None:
            return True
        column, text = label
        cells = self.sheets[place.sheet].cells
        shift = place.column - ref.column
        candidates = {column, column + shift}
        return any(
            c > 0 and (cell := cells.get((place.row, c))) is not None and _same(cell.value, text) for c in candidates
        )

    def _column_fits(self, ref: Ref, place: Ref) -> bool:
        """True when a cell stands in the column that its sheet's headings say."""
        aligned = self.alignments.get(ref.sheet)
        return aligned is None or aligned.column(ref.column) == place.column

    def _by_label(self, ref: Ref) -> Ref | None:
        """Return where the row of that label stands now: at its address, else the only row that carries it."""
        home = self.structure.sheet_of.get(ref.sheet)
        label = self._label_of(ref)
        if home is None or label is None:
            return None
        column, text = label
        cells = self.sheets[home].cells
        same = Ref(home, ref.row, ref.column)
        if self._label_fits(ref, same) and self._column_fits(ref, same):
            return same
        aligned = self.alignments.get(ref.sheet)
        row = None if aligned is None else aligned.row(ref.row)
        if aligned is not None and row is not None:
            return Ref(home, row, aligned.column(ref.column))
        rows = [(r, c) for (r, c), cell in cells.items() if _same(cell.value, text)]
        twins = sum(1 for s in self.layout.sheet(ref.sheet).slots if s.role == "label" and s.text == text)
        if len(rows) == 1 and twins == 1:
            row, found = rows[0]
            return Ref(home, row, ref.column + found - column)
        return None

    def _match_table(self, table: m.Table) -> None:
        home = self.structure.sheet_of.get(table.sheet)
        if home is None:
            return
        shift = self.maps[table.sheet]
        for column in table.columns:
            name = f"{table.name}_{column.name}"
            span = self.layout.spans[table.name, column.name]
            target = parse_reference(self.book.names.get(name, ""))
            header = self.layout.by_cell[Ref(table.sheet, span.first - 1, span.column)].text
            aligned = self.alignments.get(table.sheet)
            unmoved = self.book.names.get(name) == span.reference and self._grown(table) <= 0
            if (
                target is not None
                and target[0] == home
                and (aligned is None or (not unmoved and self._heads(home, target, header)))
            ):
                first, at, last = target[1], target[2], target[3]
            elif aligned is not None and aligned.row(span.first - 1) is not None:
                if aligned.row(span.first) != span.first or aligned.column(span.column) != span.column:
                    self.structure.moved_names.append((name, self.book.names.get(name, "")))
                self._aligned_rows(table, column, home, aligned)
                continue
            else:
                if name not in self.book.names:
                    self.structure.lost_names.append(name)
                else:
                    self.structure.moved_names.append((name, self.book.names[name]))
                first, at = shift.place(span.first, span.column)
                found = self._header(home, header, first - 1, at)
                if found is None:
                    self.structure.unbound += [Key(table.name, -1, column.name)]
                    continue
                first, at = found[0] + 1, found[1]
                last = first + self.layout.capacities[table.name] - 1
            shift.columns.setdefault(span.column, at)
            self._table_rows(table, column, home, first, at, last)

    def _heads(self, home: str, target: tuple[str, int, int, int, int], header: object) -> bool:
        """True when the cell above a named column is its heading."""
        cell = self.sheets[home].cells.get((target[1] - 1, target[2]))
        return cell is not None and _same(cell.value, header)

    def _aligned_rows(self, table: m.Table, column: m.Column, home: str, aligned: Alignment) -> None:
        """Bind a column row by row, as its sheet's fixed texts moved."""
        span = self.layout.spans[table.name, column.name]
        shift = self.maps[table.sheet]
        shift.columns.setdefault(span.column, aligned.column(span.column))
        for index in range(self.layout.capacities[table.name]):
            key = Key(table.name, index, column.name)
            row = aligned.row(span.first + index)
            if row is None:
                if column.required and table.is_fixed and table.is_input(index, column):
                    self.structure.unbound.append(key)
                continue
            if key in self.layout.cells:
                self.where[key] = Ref(home, row, aligned.column(span.column))
            shift.rows.setdefault(span.first + index, row)

    def _header(self, home: str, text: object, row: int, column: int) -> tuple[int, int] | None:
        cells = self.sheets[home].cells
        cell = cells.get((row, column))
        if cell is not None and _same(cell.value, text):
            return row, column
        found = [(r, c) for (r, c), other in cells.items() if _same(other.value, text)]
        near = [p for p in found if p[0] == row] or found
        return near[0] if len(near) == 1 else None

    def _table_rows(self, table: m.Table, column: m.Column, home: str, first: int, at: int, last: int) -> None:
        span = self.layout.spans[table.name, column.name]
        shift = self.maps[table.sheet]
        rows = self._fixed_rows(table, home, first, last) if table.is_fixed else {}
        for index in range(min(self.layout.capacities[table.name], max(last - first + 1, len(table.rows)))):
            key = Key(table.name, index, column.name)
            if rows and index not in rows:
                if column.required and table.is_input(index, column):
                    self.structure.unbound.append(key)
                continue
            row = rows.get(index, first + index)
            if key in self.layout.cells:
                self.where[key] = Ref(home, row, at)
            shift.rows.setdefault(span.first + index, row)

    def _fixed_rows(self, table: m.Table, home: str, first: int, last: int) -> dict[int, int]:
        """Return where each fixed row stands, by its key text (rows may have been inserted between them)."""
        if table.key_column is None:
            return {}
        target = parse_reference(self.book.names.get(f"{table.name}_{table.key_column}", ""))
        span = self.layout.spans[table.name, table.key_column]
        column = target[2] if target is not None and target[0] == home else span.column
        cells = self.sheets[home].cells
        places = {
            str(cell.value): row
            for row in range(first, last + 2)
            if (cell := cells.get((row, column))) is not None and cell.value is not None
        }
        return {
            index: places[key] for index, row in enumerate(table.rows) if (key := str(row[table.key_column])) in places
        }

    def _grown(self, table: m.Table) -> int:
        """Return how many rows more a table has than it was sent with."""
        return self.layout.capacities[table.name] - rows_sent(table, self.meta)

    def _notice_new_rows(self, computed: Mapping[Ref, Computed]) -> None:
        """Find the rows that were inserted into an open table: more rows than it was sent with, some without a formula.

        Where every row carries formulas (a row was copied), the last ones are taken for the new ones.
        """
        for table in self.form.tables:
            rows, grown = self.layout.capacities[table.name], self._grown(table)
            home = self.structure.sheet_of.get(table.sheet)
            if table.is_fixed or grown <= 0 or home is None:
                continue
            first = self.layout.spans[table.name, m.STATE_COLUMN].first
            holding: set[int] = set()
            for ref, found in computed.items():
                if ref.sheet == table.sheet and found.formula is not None and first <= ref.row < first + rows:
                    holding.add(ref.row - first)
            bare = [index for index in range(rows) if index not in holding][:grown]
            self.structure.new_rows |= {(table.name, index) for index in bare}
            at = first + (bare[0] if bare else rows - grown)
            self.structure.inserted_rows.append((table.sheet, self.maps[table.sheet].place(at, 1)[0], grown))

    def _notice_short_tables(self) -> None:
        """Say where an open table at the end of its sheet lost rows: no line below it tells."""
        for table in self.form.tables:
            span = self.layout.spans[table.name, m.STATE_COLUMN]
            shift = self.maps.get(table.sheet)
            if table.is_fixed or shift is None or any(row > span.last for row in shift.rows):
                continue
            known = [row for row in range(span.first, span.last + 1) if row in shift.rows]
            if known and len(known) <= span.last - span.first:
                last = shift.rows[known[-1]]
                self.structure.inserted_rows.append((table.sheet, last + 1, len(known) - (span.last - span.first + 1)))
                self.structure.shifted = True

    def _notice_shifts(self) -> None:
        """Say where rows or columns were inserted or deleted, from how the known lines moved. A line whose input is
        gone altogether is said by itself (ST015)."""
        self._notice_short_tables()
        lost = {(ref.sheet, ref.row) for key in self.structure.unbound if (ref := self.layout.cells.get(key))}
        for name, shift in self.maps.items():
            for known, found in (
                (shift.rows, self.structure.inserted_rows),
                (shift.columns, self.structure.inserted_columns),
            ):
                moved, before = 0, 0
                for line in sorted(known):
                    change = known[line] - line - moved
                    gone = sum((name, row) in lost for row in range(before + 1, line)) if known is shift.rows else 0
                    if change and change != -gone:
                        found.append((name, known[line], change))
                    moved, before = moved + change, line
                    self.structure.shifted |= moved != 0

    def _states_of_sheets(self) -> None:
        bound = {n for n in self.structure.sheet_of.values() if n}
        for made in self.layout.sheets:
            home = self.structure.sheet_of.get(made.sheet.name)
            if home is None or made.sheet.kind == "meta":
                continue
            sheet = self.sheets[home]
            if sheet.state != "visible":
                self.structure.hidden.append(home)
            if not sheet.protected:
                self.structure.unprotected.append(home)
        for sheet in self.book.sheets:
            if sheet.name not in bound and sheet.name not in OWN_SHEETS:
                self.structure.added.append(sheet.name)

    def _outside(self) -> list[tuple[Ref, object]]:
        """Return the cells on the form's sheets that hold something where the form has nothing."""
        found: list[tuple[Ref, object]] = []
        for name, shift in self.maps.items():
            if self.layout.sheet(name).sheet.kind == "meta":
                continue
            own: Collection[tuple[int, int]] = self.layout.occupied[name]
            if not self.intact:
                rows = {row: shift.place(row, 1)[0] for row in {r for r, _ in own}}
                columns = {column: shift.place(1, column)[1] for column in {c for _, c in own}}
                own = {(rows[r], columns[c]) for r, c in own} | set(self._inputs_on(shift.sheet.name))
            cells = shift.sheet.cells
            texts = () if self.intact else {slot.text for slot in self.layout.sheet(name).slots}
            places = [p for p in cells.keys() - own if _says_something(cells[p].value) and cells[p].value not in texts]
            found += [(Ref(shift.sheet.name, *place), cells[place].value) for place in sorted(places)]
        return found

    def _inputs_on(self, home: str) -> list[tuple[int, int]]:
        return [(ref.row, ref.column) for ref in self.where.values() if ref.sheet == home]

    def _lost_validations(self) -> list[Ref]:
        """Return the inputs that no longer carry the drop-down or the limits that the template gave them."""
        limited = tuple((name, tuple(sheet.validations)) for name, sheet in self.sheets.items())
        if self.intact:
            return list(_lost_in_place(self.layout, limited))
        return _lost(self.layout, limited, self.where)

    # ------------------------------------------------------------------ contents
    def _readings(self) -> dict[Key, Reading]:
        readings: dict[Key, Reading] = {}
        sheets, formats, date1904 = self.sheets, self.book.number_formats, self.book.date1904
        slots = self.layout.inputs
        later: list[tuple[Key, Ref]] = []
        for key, ref in self.where.items():
            slot = slots.get(key)
            if slot is None:
                continue
            cell = sheets[ref.sheet].cells.get((ref.row, ref.column))
            if cell is None:
                continue
            item = slot.item
            assert item is not None
            if isinstance(item, m.Column) and item.applies is not None:
                later.append((key, ref))
                continue
            style = formats[cell.style] if cell.style < len(formats) else ""
            reading = read_cell(key, item, ref, cell, style, date1904)
            if reading is not None:
                readings[key] = reading
        for key, ref in later:
            item = slots[key].item
            assert isinstance(item, m.Column) and item.applies is not None
            ruling = readings.get(Key(key.field, key.row, item.applies.column))
            cell = sheets[ref.sheet].cells[ref.row, ref.column]
            style = formats[cell.style] if cell.style < len(formats) else ""
            applies = ruling is not None and ruling.value in item.applies.values
            reading = read_cell(key, item, ref, cell, style, date1904, applies)
            if reading is not None:
                readings[key] = reading
        return readings

    def _computed(self) -> dict[Ref, Computed]:
        found: dict[Ref, Computed] = {}
        if self.intact:
            for name, places in self.layout.formula_cells.items():
                cells = self.sheets[name].cells
                for ref, place in places:
                    cell = cells.get(place)
                    found[ref] = (
                        Computed(ref, None, None, False)
                        if cell is None
                        else Computed(ref, cell.formula, cell.value, True)
                    )
            return found
        of_tables = {
            (span.sheet, row) for span in self.layout.spans.values() for row in range(span.first, span.last + 1)
        }
        claimed = {name: set(shift.rows.values()) for name, shift in self.maps.items()}
        for ref in self.layout.formulas:
            shift = self.maps.get(ref.sheet)
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


_Limits = tuple[tuple[str, tuple[Validation, ...]], ...]
"""Each sheet with its validations."""


@lru_cache(maxsize=32)
def _lost_in_place(layout: Layout, limits: _Limits) -> tuple[Ref, ...]:
    """The same for all the workbooks in which nothing moved: those saved by one program mostly share the answer."""
    return tuple(_lost(layout, limits, layout.cells))


def _lost(layout: Layout, limits: _Limits, where: Mapping[Key, Ref]) -> list[Ref]:
    covered = {name: _coverage(validations) for name, validations in limits}
    lost: list[Ref] = []
    for key, is_list in layout.limited.items():
        ref = where.get(key)
        if ref is None:
            continue
        any_kind, lists = covered[ref.sheet]
        if not _covers(lists if is_list else any_kind, ref):
            lost.append(ref)
    return lost


_Spans = dict[int, list[tuple[int, int]]]
"""Column → runs of rows."""


def _coverage(validations: Iterable[Validation]) -> tuple[_Spans, _Spans]:
    """Return where a sheet has validations of any kind, and where it has lists."""
    any_kind: _Spans = {}
    lists: _Spans = {}
    for validation in validations:
        if validation.type == "none":
            continue
        for area in validation.sqref.split():
            first, _, last = area.partition(":")
            start, end = parse_a1(first), parse_a1(last or first)
            if start is None or end is None:
                continue
            for column in range(start[1], min(end[1], start[1] + 200) + 1):
                any_kind.setdefault(column, []).append((start[0], end[0]))
                if validation.type == "list":
                    lists.setdefault(column, []).append((start[0], end[0]))
    return any_kind, lists


def _covers(spans: _Spans, ref: Ref) -> bool:
    return any(first <= ref.row <= last for first, last in spans.get(ref.column, ()))


def _says_something(value: object) -> bool:
    """True for any number, and for a text that is not just blanks."""
    return bool(value.strip()) if isinstance(value, str) else value is not None


def _same(value: object, text: object) -> bool:
    """True when a cell holds a label, spaces and the required mark aside."""
    return bare_label(value) == bare_label(text) != ""
