"""A submission: every input of the form with what stood in its cell, what was understood, or why not."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from msgspec import Struct

from xltools.form import model as m
from xltools.form.address import Ref
from xltools.form.layout import Key, Layout
from xltools.form.model import Form
from xltools.intake.directory import plain_code
from xltools.intake.xlsx.model import Sheet
from xltools.intake.xlsx.values import whole

Problem = str
"""Why a cell's content is not a clean value: "unreadable", "not_in_list", "error_value", "no_value"."""


@dataclass(slots=True)
class Reading:
    """One input cell that is not empty. `value` is None when it was not understood (`problem` says why) or when it
    holds one of the kinds of nothing (`blank`)."""

    key: Key
    item: m.Field | m.Column
    ref: Ref
    raw: str | int | float | bool | None
    value: m.Scalar
    habits: tuple[str, ...] = ()
    blank: str | None = None
    problem: Problem | None = None
    formula: str | None = None
    unit: str = ""  # of a number in a table whose rows say their unit
    shown: str = ""  # what the sender saw, where that is no number: a date, a time

    @property
    def clean(self) -> bool:
        """True when the cell holds just what was asked for."""
        return not self.habits and self.problem is None and self.blank is None

    @property
    def for_engine(self) -> m.Scalar:
        """What the engine is given: the value; the text as typed where it was not understood; nothing for a dash."""
        if self.blank is not None:
            return None
        if self.problem is not None and self.item.numeric:
            return self.shown or str(self.raw)
        return self.value if self.value is not None else _engine_text(self.raw)

    @property
    def live(self) -> m.Scalar:
        """What stands in the cell for the workbook's own formulas: an understood text is still a text there."""
        return self.for_engine if self.clean else self.raw

    @property
    def as_sent(self) -> m.Scalar:
        """What `read` gives and `template --values` writes back: the clean value, else the content as typed."""
        if self.clean and self.value is not None:
            return self.value
        if self.shown:
            return self.shown
        if isinstance(self.raw, int | float) and "percent" in self.habits and self.value is not None:
            return f"{self.value}%"  # the sender saw percent; the bare number would mean something else
        return self.raw


def _engine_text(raw: object) -> str | None:
    return None if raw is None else str(raw)


class Computed(NamedTuple):
    """What the sender's file says in one formula cell of the template: evidence, never an input."""

    ref: Ref
    formula: str | None
    cached: str | int | float | bool | None
    present: bool


@dataclass(slots=True)
class Structure:
    """What binding found out about the workbook's build."""

    sheet_of: dict[str, str | None] = field(default_factory=dict)  # template sheet → the sender's sheet
    renamed: list[tuple[str, str]] = field(default_factory=list)  # (template name, sender's name)
    missing: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    unprotected: list[str] = field(default_factory=list)
    lost_names: list[str] = field(default_factory=list)
    moved_names: list[tuple[str, str]] = field(default_factory=list)  # (name, where it points now)
    shifted: bool = False  # some line stands elsewhere than in the template
    inserted_rows: list[tuple[str, int, int]] = field(default_factory=list)  # (sheet, at row, how many; < 0 deleted)
    new_rows: set[tuple[str, int]] = field(default_factory=set)  # (table, row) that the sender added without formulas
    inserted_columns: list[tuple[str, int, int]] = field(default_factory=list)
    unbound: list[Key] = field(default_factory=list)
    outside: list[tuple[Ref, Any]] = field(default_factory=list)  # content where the form has none
    hidden_cells: list[Ref] = field(
        default_factory=list
    )  # filled, in rows or columns that were hidden or filtered away
    merged: list[tuple[str, str]] = field(default_factory=list)  # (sheet, area) of inputs merged with other cells
    lost_validations: list[Ref] = field(default_factory=list)  # inputs without the template's drop-down or limits
    altered_texts: list[tuple[Ref, Ref, Any]] = field(
        default_factory=list
    )  # locked content: template's cell, sender's, what stands there


class Listed(Struct, frozen=True, forbid_unknown_fields=True):
    """One finding that a return copy listed: where its cell stands in this file now, and the sender's answer."""

    code: str
    sheet: str
    cell: str
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """Content that had no place in the form, as an earlier return copy kept it."""

    sheet: str
    cell: str
    content: str
    why: str = ""


@dataclass(slots=True)
class Submission:
    """One department's workbook as read. `cells` maps sender's addresses of all inputs, `readings` those not empty."""

    file: str
    sha256: str
    form: Form
    layout: Layout
    meta: dict[str, str]
    prefilled: dict[str, str]
    readings: dict[Key, Reading]
    where: dict[Key, Ref]
    computed: dict[Ref, Computed]
    structure: Structure
    date1904: bool = False
    application: str = ""
    active: list[tuple[str, str]] = field(default_factory=list)
    format: str = "xlsx"  # another format carries less: `lacks` says what
    lacks: tuple[str, ...] = ()
    by_password: bool = False
    listed: list[Listed] | None = None  # what 问题清单 listed, when this is a return copy sent back
    kept: list[Kept] = field(default_factory=list)
    beside: list[Kept] = field(default_factory=list)  # what was written where the form has words of its own, comments
    added_sheets: list[Sheet] = field(default_factory=list)

    @property
    def department(self) -> str:
        """The department's name as filled in, or ""."""
        return self._text(self.form.name_field)

    @property
    def code(self) -> str:
        """The department's code as filled in, else as the bureau prefilled it."""
        return plain_code(self._text(self.form.code_field) or self.meta.get("code", ""))

    @property
    def round(self) -> int:
        """The round this workbook was sent in: 0 the first, then one more for each return copy."""
        return whole(self.meta.get("round"), 0)

    @property
    def last_years_texts(self) -> dict[str, str]:
        """The texts of last year that this workbook was given to start with: field → text."""
        found = ((name, self._text(m.last_year_name(name))) for name in self.form.last_years)
        return {name: text for name, text in found if text and self.form.field(name).type == "longtext"}

    def _text(self, name: str) -> str:
        reading = self.readings.get(Key(name))
        return "" if reading is None or reading.raw is None else str(reading.value or reading.raw).strip()

    def engine_inputs(self) -> dict[Key, m.Scalar]:
        """Return what the engine is given for each input that is not empty."""
        return {key: reading.for_engine for key, reading in self.readings.items()}

    def live_inputs(self) -> dict[Key, m.Scalar]:
        """Return what the workbook's own formulas see in each input that is not empty."""
        return {key: reading.live for key, reading in self.readings.items()}

    def locate(self, ref: Ref) -> Ref:
        """Return where a template's cell stands in the sender's file (for messages)."""
        slot = self.layout.by_cell.get(ref)
        if slot is not None and slot.key is not None and slot.key in self.where:
            return self.where[slot.key]
        return Ref(self.structure.sheet_of.get(ref.sheet) or ref.sheet, ref.row, ref.column)

    def structure_ref(self, name: str) -> Ref:
        """Return where the template has a name, on the sender's sheet (for what could not be found)."""
        for key, ref in self.layout.cells.items():
            if key.field == name:
                return Ref(self.structure.sheet_of.get(ref.sheet) or ref.sheet, ref.row, ref.column)
        for (table, column), span in self.layout.spans.items():
            if f"{table}_{column}" == name or table == name:
                return Ref(self.structure.sheet_of.get(span.sheet) or span.sheet, span.first, span.column)
        return Ref(self.form.checks_sheet, 1, 1)

    def values(self) -> dict[str, Any]:
        """Return the flat values: field → value, table → list of rows (dates as ISO text)."""
        found: dict[str, Any] = {}
        for item in self.form.fields:
            reading = self.readings.get(Key(item.name))
            if reading is not None:
                found[item.name] = jsonable(reading.as_sent)
        for name in self.form.asides:
            reading = self.readings.get(Key(name))
            if reading is not None:
                found[name] = jsonable(reading.as_sent)
        for table in self.form.tables:
            rows = self._rows(table)
            if rows:
                found[table.name] = rows
        return found

    def _rows(self, table: m.Table) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = []
        for index in range(self.layout.capacities[table.name]):
            row: dict[str, Any] = {}
            for column in table.columns:
                reading = self.readings.get(Key(table.name, index, column.name))
                if reading is not None:
                    row[column.name] = jsonable(reading.as_sent)
            if table.is_fixed and row and table.key_column:
                row = {table.key_column: table.rows[index][table.key_column], **row}
            rows.append(row)
        if table.is_fixed:
            return [row for row in rows if row]
        while rows and not rows[-1]:
            rows.pop()
        return rows


def jsonable(value: m.Scalar) -> str | int | float | bool | None:
    """Return a value as JSON holds it (dates as ISO text)."""
    return value.isoformat() if isinstance(value, date) else value
