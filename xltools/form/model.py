"""The typed, frozen structures that a form definition is loaded into."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

Scalar = str | int | float | bool | date | None
"""What an input can hold: text, a number, a date, or nothing."""

FieldType = Literal[
    "text", "longtext", "code", "phone", "choice", "date", "year", "integer", "amount", "percent", "score", "number"
]
NUMERIC_TYPES: frozenset[str] = frozenset({"date", "year", "integer", "amount", "percent", "score", "number"})

Level = Literal["error", "confirm", "notice"]
LEVELS: tuple[Level, ...] = ("error", "confirm", "notice")
LEVEL_WORDS: dict[Level, str] = {"error": "错误", "confirm": "核实", "notice": "提示"}

PASSED, FAILED, OPEN, NOTED, EXPLAINED = "通过", "错误", "待核实", "提示", "已说明"
MISSING, UNREADABLE, NOT_APPLICABLE = "未填", "数据有误", "不适用"
EMPTY_ROW, READY, OUT_OF_RANGE, INCOMPARABLE = "空行", "可评", "超出范围", "不可比"
FAILED_STATE: dict[Level, str] = {"error": FAILED, "confirm": OPEN, "notice": NOTED}

STATE_COLUMN = "行状态"
"""The computed column every table carries: 空行, 未填, 数据有误, 超出范围 or 可评."""


ROLE_FIELDS = ("income_field", "expenditure_field", "budget_field", "executed_field", "rate_field", "review_field")
"""Keys of [form] that name the field which plays a part in the consolidated workbook."""


@dataclass(frozen=True, slots=True)
class Applies:
    """A column counts only in rows whose `column` holds one of `values` (a qualitative indicator has no number)."""

    column: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """One named cell. Exactly one of: an input (no formula, no constant), computed (formula), a constant."""

    name: str
    label: str
    section: str
    type: FieldType
    unit: str = ""
    decimals: int = 2
    required: bool = False
    required_with: tuple[str, ...] = ()  # required once any of these is given
    required_unless: tuple[str, ...] = ()  # required unless all of these are given
    minimum: float | None = None
    maximum: float | None = None
    max_length: int | None = None
    choices: tuple[str, ...] = ()
    formula: str | None = None
    constant: Scalar = None
    default: Scalar = None
    grade_of: str | None = None  # computed: the band of this score
    roster: str | None = None  # the roster column that fills it
    previous: str | None = None  # the field of last year's workbook that this one must equal
    carry: bool = False  # an older workbook's content is worth keeping in another year (who, not how much)
    locked: bool = False  # staff never fill it, even where the roster gives nothing
    hint: str = ""
    indent: int = 0
    summary: bool = False
    aliases: tuple[str, ...] = ()
    row: str = ""  # in a section with a grid: the line this cell stands in
    column: str = ""  # and the grid column

    @property
    def is_input(self) -> bool:
        """True when a value can stand here: not computed, not a constant."""
        return self.formula is None and self.constant is None and self.grade_of is None

    @property
    def numeric(self) -> bool:
        """True when a number is asked for (dates are numbers in a workbook)."""
        return self.type in NUMERIC_TYPES


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table; like a field, once a row."""

    name: str
    label: str
    type: FieldType
    unit: str = ""
    decimals: int = 2
    required: bool = False
    applies: Applies | None = None
    minimum: float | None = None
    maximum: float | None = None
    max_length: int | None = None
    choices: tuple[str, ...] = ()
    formula: str | None = None
    fixed: bool = False  # given by the table's fixed rows, never typed
    bureau: bool = False  # filled by the bureau, locked for staff
    hidden: bool = False
    hint: str = ""
    width: float = 12.0
    aliases: tuple[str, ...] = ()

    @property
    def numeric(self) -> bool:
        """True when a number is asked for."""
        return self.type in NUMERIC_TYPES


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of equal shape: open (capacity, staff add rows) or fixed (rows given by the definition)."""

    name: str
    label: str
    sheet: str
    columns: tuple[Column, ...]
    capacity: int
    rows: tuple[dict[str, Scalar], ...] = ()  # fixed rows: column → constant, or a formula text that starts with "="
    min_rows: int = 0
    title_column: str | None = None  # names a row in messages
    reason_column: str | None = None  # where a row's own explanation stands
    key_column: str | None = None  # identifies a fixed row
    weight_column: str | None = None  # of a scoring table; the weights add up to `total`
    score_column: str | None = None
    group_columns: tuple[str, ...] = ()
    subtotal_section: str | None = None
    total: float | None = None
    note: str = ""

    @property
    def is_fixed(self) -> bool:
        """True when the definition gives the rows."""
        return bool(self.rows)

    def column(self, name: str) -> Column:
        """Return the column of that name; KeyError when there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    def is_input(self, row: int, column: Column) -> bool:
        """True when staff or bureau may type into this column of row `row` (0-based)."""
        if column.formula is not None or column.fixed:
            return False
        return not (self.rows and column.name in self.rows[row])

    def cell_formula(self, row: int, column: Column) -> str | None:
        """Return the formula of this cell (a fixed row's own, or the column's), or None."""
        if self.rows:
            own = self.rows[row].get(column.name)
            if isinstance(own, str) and own.startswith("="):
                return own
        return column.formula

    def columns_in(self, row: int) -> tuple[Column, ...]:
        """Return the columns that are inputs in this row, the bureau's left out."""
        return tuple(c for c in self.columns if not c.bureau and self.is_input(row, c))


@dataclass(frozen=True, slots=True)
class Section:
    """A titled block of fields on a sheet: one a line, or (`grid` names the columns) several a line."""

    name: str
    title: str
    sheet: str
    note: str = ""
    grid: tuple[str, ...] = ()
    grid_head: str = ""  # heading of the grid's lines


@dataclass(frozen=True, slots=True)
class FieldColumns:
    """Which columns (1-based) of a sheet carry the parts of a field's line; 0 means not shown."""

    label: int = 1
    value: int = 2
    unit: int = 3
    computed: int = 4
    state: int = 5
    note: int = 6


@dataclass(frozen=True, slots=True)
class Sheet:
    """One worksheet of the form: its title, its blocks in order (section or table names), its column widths."""

    name: str
    kind: Literal["guide", "data", "checks", "meta"]
    title: str = ""
    blocks: tuple[str, ...] = ()
    widths: tuple[float, ...] = ()
    columns: FieldColumns = FieldColumns()
    note: str = ""
    landscape: bool = True
    signature: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """One line of a rule's table of cases: values laid over a clean filling, and the state they must give."""

    values: dict[str, Scalar | list[dict[str, Scalar]]]
    state: str
    row: int = 0


@dataclass(frozen=True, slots=True)
class Rule:
    """An audit rule, `left op right` (DESIGN decision 4). `table` set: it holds on every row of that table."""

    code: str
    name: str
    level: Level
    at: str
    left: str
    op: str
    right: str
    words: str
    words_en: str
    fix: str
    fix_en: str
    reason: str
    basis: str
    since: str
    name_en: str = ""
    table: str | None = None
    when: str | None = None
    unit: str = ""
    says: str = ""  # what a finding says instead of the general sentence; {left} {right} are the figures
    says_en: str = ""
    cases: tuple[Case, ...] = ()


@dataclass(frozen=True, slots=True)
class Band:
    """A grade from `low` (inclusive) up to the next better band."""

    grade: str
    low: float


@dataclass(frozen=True, slots=True)
class Guide:
    """The words of the first sheet."""

    purpose: str
    steps: tuple[str, ...]
    legend: tuple[str, ...]
    deadline: str
    contact: str
    source_note: str


@dataclass(frozen=True, slots=True)
class Form:
    """A form definition, loaded and validated; `digest` is the hash of its texts (see form.loader)."""

    id: str
    title: str
    version: str
    year: int
    region: str
    unit: str
    folder: Path
    digest: str
    guide: Guide
    sheets: tuple[Sheet, ...]
    sections: tuple[Section, ...]
    fields: tuple[Field, ...]
    tables: tuple[Table, ...]
    rules: tuple[Rule, ...]
    bands: tuple[Band, ...]
    code_field: str
    name_field: str
    score_field: str
    grade_field: str
    total_fields: tuple[str, ...] = ()
    income_field: str | None = None  # what the consolidated workbook speaks of; a form may have none of them
    expenditure_field: str | None = None
    budget_field: str | None = None
    executed_field: str | None = None
    rate_field: str | None = None
    rate_target: float | None = None
    review_field: str | None = None  # the bureau's score, beside `score_field`
    per_head_field: str | None = None  # an amount that the number of people (the sum of `head_fields`) limits:
    head_fields: tuple[str, ...] = ()  # beyond `per_head_most` a head, the workbook is filled in in another unit
    per_head_most: float | None = None
    same_as: tuple[str, ...] = ()  # earlier versions whose fields mean the same: they may be summed together
    published: str = ""

    def field(self, name: str) -> Field:
        """Return the field of that name; KeyError when there is none."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(name)

    def table(self, name: str) -> Table:
        """Return the table of that name; KeyError when there is none."""
        for table in self.tables:
            if table.name == name:
                return table
        raise KeyError(name)

    def rule(self, code: str) -> Rule:
        """Return the rule of that code; KeyError when there is none."""
        for rule in self.rules:
            if rule.code == code:
                return rule
        raise KeyError(code)

    @property
    def checks_sheet(self) -> str:
        """Name of the sheet that shows every rule."""
        return next(s.name for s in self.sheets if s.kind == "checks")

    @property
    def meta_sheet(self) -> str:
        """Name of the very hidden sheet that says which form this is."""
        return next(s.name for s in self.sheets if s.kind == "meta")

    def grade(self, score: float) -> str:
        """Return the band a score falls into (half-open, best first)."""
        for band in self.bands:
            if score >= band.low:
                return band.grade
        return self.bands[-1].grade
