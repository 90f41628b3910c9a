"""All addresses of a form, and the look-ups over them. Sheets' rows and columns count from 1, tables' rows from 0."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cached_property

from xltools.form import model as m
from xltools.form.address import Ref, absolute, quote_sheet
from xltools.form.sheets.build import laid_out
from xltools.form.sheets.checks_sheet import CheckColumn
from xltools.form.sheets.guide_sheet import READY_WORDS
from xltools.form.slots import COMPLETED, ColumnSpan, Key, Role, SheetLayout, Slot, bare_label, text_height

__all__ = [
    "CAPACITY",
    "MASTER_NAME",
    "PREFILL",
    "READY_WORDS",
    "CheckColumn",
    "ColumnSpan",
    "Key",
    "Layout",
    "Role",
    "SheetLayout",
    "Slot",
    "bare_label",
    "text_height",
]

PREFILL, CAPACITY = "预填:", "行数:"
"""How _meta names what the bureau filled in, and how many rows each table has."""
MASTER_NAME = "报送检查"


class Layout:
    """All addresses of a form; `capacities` gives a table more rows than its definition does."""

    def __init__(self, form: m.Form, capacities: Mapping[str, int] | None = None) -> None:
        self.form = form
        self.capacities = {
            t.name: max(t.capacity, 0 if t.is_fixed else (capacities or {}).get(t.name, 0)) for t in form.tables
        }
        self._places = places = laid_out(form, self.capacities)
        self.sheets = places.sheets
        self.cells, self.spans, self.labels = places.cells, places.spans, places.labels
        self.beside, self.state_cells, self.status_cells = places.beside, places.state_cells, places.status_cells
        self.check_rows, self.master = places.check_rows, places.master

    def sheet(self, name: str) -> SheetLayout:
        """Return the layout of one sheet; KeyError when there is none."""
        for found in self.sheets:
            if found.sheet.name == name:
                return found
        raise KeyError(name)

    @cached_property
    def names(self) -> dict[str, str]:
        """Defined names of the workbook → absolute reference, without a leading "="."""
        found: dict[str, str] = {}
        for key, ref in self.cells.items():
            if key.row < 0:
                found[key.field] = f"{quote_sheet(ref.sheet)}!{absolute(ref.row, ref.column)}"
        for (table, column), span in self.spans.items():
            found[f"{table}_{column}"] = span.reference
        named = {m.state_name(code): self.check(code, CheckColumn.STATE) for code in self.check_rows}
        for name, ref in (named | {MASTER_NAME: self.master}).items():
            found[name] = f"{quote_sheet(ref.sheet)}!{absolute(ref.row, ref.column)}"
        return found

    @cached_property
    def formulas(self) -> dict[Ref, str]:
        """Every formula cell of the workbook → its text with "="."""
        return {
            Ref(s.sheet.name, slot.row, slot.column): slot.formula
            for s in self.sheets
            for slot in s.slots
            if slot.formula is not None
        }

    @cached_property
    def formula_texts(self) -> dict[Ref, str]:
        """Every formula cell → its text without "=", as a file holds it."""
        return {ref: formula[1:] for ref, formula in self.formulas.items()}

    @cached_property
    def formula_cells(self) -> dict[str, list[tuple[Ref, tuple[int, int]]]]:
        """Per sheet, every formula cell with its (row, column)."""
        found: dict[str, list[tuple[Ref, tuple[int, int]]]] = {}
        for ref in self.formulas:
            found.setdefault(ref.sheet, []).append((ref, (ref.row, ref.column)))
        return found

    @cached_property
    def fixed_texts(self) -> dict[str, list[tuple[int, int, str]]]:
        """Per data and check sheet, (row, column, text) of what never changes: how a moved sheet is recognised."""
        roles = {"label", "header", "heading", "fixed"}
        found: dict[str, list[tuple[int, int, str]]] = {}
        for made in self.sheets:
            if made.sheet.kind in ("data", "checks"):
                slots = (s for s in made.slots if s.role in roles and s.text not in (None, ""))
                found[made.sheet.name] = sorted((s.row, s.column, bare_label(s.text)) for s in slots)
        return found

    @cached_property
    def locked_texts(self) -> dict[str, list[tuple[int, int, m.Scalar]]]:
        """Per sheet, (row, column, content) of every locked cell that holds no formula; what staff complete is none,
        nor is anything in the rows that a department makes its own."""
        open_ = {t.name for t in self.form.tables if not t.is_fixed}
        return {
            made.sheet.name: [
                (s.row, s.column, s.text)
                for s in made.slots
                if s.text not in (None, "")
                and s.formula is None
                and s.role not in COMPLETED
                and not (s.key is not None and s.key.row >= 0 and s.key.field in open_)
            ]
            for made in self.sheets
            if made.sheet.kind != "meta"
        }

    @cached_property
    def completed_texts(self) -> dict[str, list[tuple[int, int, m.Scalar]]]:
        """Per sheet, (row, column, text) of the words that staff complete, and of the lines under titles."""
        return {
            made.sheet.name: [
                (s.row, s.column, s.text)
                for s in made.slots
                if s.key is None and s.role in ("signature", "legend_input", "subtitle")
            ]
            for made in self.sheets
            if made.sheet.kind != "meta"
        }

    @cached_property
    def stamp(self) -> str:
        """The hash of all formulas and where they stand, 16 hex digits: tells which build a workbook came from."""
        total = hashlib.sha256()
        for ref, formula in self.formulas.items():
            total.update(f"{ref.sheet}!{ref.a1}{formula}\n".encode())
        return total.hexdigest()[:16]

    @cached_property
    def computed(self) -> dict[Ref, Key]:
        """The formula cells that stand for a field or a table cell (not the states and guards)."""
        return {
            Ref(s.sheet.name, slot.row, slot.column): slot.key
            for s in self.sheets
            for slot in s.slots
            if slot.formula is not None and slot.key is not None
        }

    @cached_property
    def inputs(self) -> dict[Key, Slot]:
        """Every cell that takes a value: fields, table cells, explanations, the bureau's cells."""
        return {
            slot.key: slot
            for s in self.sheets
            for slot in s.slots
            if slot.key is not None and slot.role in ("input", "bureau")
        }

    @cached_property
    def occupied(self) -> dict[str, frozenset[tuple[int, int]]]:
        """Per sheet, the (row, column) of every cell that the form has content or an input for."""
        return {
            s.sheet.name: frozenset((slot.row, slot.column) for slot in s.slots if _holds_something(slot))
            for s in self.sheets
        }

    @cached_property
    def limited(self) -> dict[Key, bool]:
        """The inputs that carry a validation in the template; True where it is a drop-down list."""
        found: dict[Key, bool] = {}
        for key, slot in self.inputs.items():
            item = slot.item
            if item is not None and (item.choices or item.numeric or item.max_length is not None):
                found[key] = bool(item.choices)
        return found

    @cached_property
    def by_cell(self) -> dict[Ref, Slot]:
        """Every slot by its address."""
        return {Ref(s.sheet.name, slot.row, slot.column): slot for s in self.sheets for slot in s.slots}

    def at(self, rule: m.Rule, row: int = 0) -> Ref:
        """Return the primary cell of a rule; of its table's row `row` (from 0), for a rule on every row."""
        return self._places.at(rule, row)

    def check(self, code: str, column: CheckColumn) -> Ref:
        """Return a cell of a rule's line on 校验."""
        return Ref(self.form.checks_sheet, self.check_rows[code], column)


def _holds_something(slot: Slot) -> bool:
    """True for a cell with an input, a formula or a text; a note's cell without a note is blank paper."""
    return slot.key is not None or slot.formula is not None or slot.text not in (None, "") or slot.role in COMPLETED
