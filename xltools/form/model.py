"""The typed, frozen structures that a form definition is loaded into; their types are what the files are held against."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta, Struct

from xltools.bilingual import Pair
from xltools.boundary.walk import SAYS
from xltools.form.indicators import IndicatorTable
from xltools.form.plausible import Plausible
from xltools.form.scoring import Scoring

Scalar = str | int | float | bool | date | None
"""What an input can hold: text, a number, a date, or nothing."""
Given = str | int | float | bool | None
"""What a definition can give a cell; a date is written as text, 2024-03-01."""
Number = int | float
Decimals = Annotated[int, Meta(ge=0, le=8)]
Formula = Annotated[str, Meta(pattern="^=", extra={SAYS: Pair("公式应以 = 开头", "a formula begins with =")})]

FieldType = Literal[
    "text", "longtext", "code", "phone", "choice", "date", "year", "integer", "amount", "percent", "score", "number"
]
NUMERIC_TYPES: frozenset[str] = frozenset({"date", "year", "integer", "amount", "percent", "score", "number"})

Level = Literal["error", "confirm", "notice"]
LEVELS: tuple[Level, ...] = ("error", "confirm", "notice")
LEVEL_WORDS: dict[Level, str] = {"error": "错误", "confirm": "核实", "notice": "提示"}

PASSED, FAILED, OPEN, NOTED, EXPLAINED = "通过", "错误", "待核实", "提示", "已说明"
WRONG, DOUBTFUL, UNCOMPUTED = "× ", "● ", "算不出"
"""How the words of 填报状态 begin where a rule is broken, and what a computed row says that lacks its figures."""
MISSING, UNREADABLE, NOT_APPLICABLE = "未填", "数据有误", "不适用"
EMPTY_ROW, READY, OUT_OF_RANGE, INCOMPARABLE = "空行", "可评", "超出范围", "不可比"
FAILED_STATE: dict[Level, str] = {"error": FAILED, "confirm": OPEN, "notice": NOTED}
FIRES = frozenset(FAILED_STATE.values())

EXPLANATION, STATE = "核实说明_", "校验_"
"""A rule's defined names on 校验 begin with these: the cell for the sender's reason, the cell of its state."""

STATE_COLUMN = "行状态"
"""The computed column every table carries: 空行, 未填, 数据有误, 超出范围 or 可评."""


def explanation_name(code: str) -> str:
    """Return the name of the cell on 校验 where the sender explains what rule `code` found."""
    return EXPLANATION + code


def last_year_name(field: str) -> str:
    """Return the name of the cell that shows what a field said last year."""
    return f"上年_{field}"


def last_year_field(field: Field) -> Field:
    """Return the cell that shows what a field said last year, as a field: the bureau's, never asked for."""
    return Field(
        name=last_year_name(field.name),
        label=f"上年的{field.label}",
        section="",
        type=field.type,
        unit=field.unit,
        decimals=field.decimals,
        locked=True,
    )


def state_name(code: str) -> str:
    """Return the name of the cell on 校验 that holds the state of rule `code`."""
    return STATE + code


ROLE_FIELDS = ("income_field", "expenditure_field", "budget_field", "executed_field", "rate_field", "review_field")
"""Keys of [form] that name the field which plays a part in the consolidated workbook."""


class Applies(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A column counts only in rows whose `column` holds one of `values` (a qualitative indicator has no number)."""

    column: str
    values: tuple[str, ...]


class Field(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One named cell. Exactly one of: an input (no formula, no constant), computed (formula), a constant."""

    name: str
    section: str
    type: FieldType
    label: str = ""  # not given: the name
    unit: str = ""
    decimals: Decimals = 2
    required: bool = False
    required_with: tuple[str, ...] = ()  # required once any of these is given
    required_unless: tuple[str, ...] = ()  # required unless all of these are given
    as_text: bool = False  # of a date: written 2024.3.5 or 2024年3月5日 it stands too, which Excel may keep as text
    nothing: tuple[str, ...] = ()  # of a number: what may stand there instead of leaving it blank
    minimum: Number | None = None
    maximum: Number | None = None
    max_length: int | None = None
    choices: tuple[str, ...] = ()
    formula: Formula | None = None
    constant: Given = None
    default: Given = None
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


class Column(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One column of a table; like a field, once a row."""

    name: str
    type: FieldType
    label: str = ""  # not given: the name
    unit: str = ""
    decimals: Decimals = 2
    required: bool = False
    applies: Applies | None = None
    minimum: Number | None = None
    maximum: Number | None = None
    max_length: int | None = None
    choices: tuple[str, ...] = ()
    formula: Formula | None = None
    fixed: bool = False  # given by the table's fixed rows, never typed
    bureau: bool = False  # filled by the bureau, locked for staff
    carry: bool = False  # an older workbook's content is worth keeping in another year (what is asked, not how it went)
    last_year: tuple[str, ...] = ()  # never typed: what these columns of the row said last year, side by side
    hidden: bool = False
    hint: str = ""
    width: Number = 12.0
    aliases: tuple[str, ...] = ()

    @property
    def numeric(self) -> bool:
        """True when a number is asked for."""
        return self.type in NUMERIC_TYPES

    @property
    def staff(self) -> bool:
        """True when staff fill it where it is an input: neither the bureau's nor a look back at last year."""
        return not self.bureau and not self.last_year


class TableHead(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is said of a table beside its columns and rows."""

    name: str
    sheet: str
    label: str = ""  # not given: the name
    capacity: int = 0  # rows; not given where the definition gives the rows
    min_rows: int = 0
    title_column: str | None = None  # names a row in messages
    reason_column: str | None = None  # where a row's own explanation stands
    key_column: str | None = None  # identifies a fixed row
    weight_column: str | None = None  # of a scoring table; the weights add up to `total`
    score_column: str | None = None
    group_columns: tuple[str, ...] = ()
    subtotal_section: str | None = None
    total: Number | None = None
    scoring: Scoring | None = None  # how a row is scored (see form.scoring)
    note: str = ""


class Table(TableHead, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Rows of equal shape: open (capacity, staff add rows) or fixed (rows given by the definition). Rows count from 0."""

    columns: tuple[Column, ...]
    rows: tuple[dict[str, Given], ...] = ()  # fixed rows: column → constant, or a formula text that starts with "="

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
        """Return the columns that staff fill in this row."""
        return tuple(c for c in self.columns if c.staff and self.is_input(row, c))


class Section(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A titled block of fields on a sheet: one a line, or (`grid` names the columns) several a line."""

    name: str
    title: str
    sheet: str
    note: str = ""
    grid: tuple[str, ...] = ()
    grid_head: str = "项目"  # heading of the grid's lines


class FieldColumns(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which columns (1-based) of a sheet carry the parts of a field's line; 0 means not shown."""

    label: int = 1
    value: int = 2
    unit: int = 3
    computed: int = 4
    state: int = 5
    note: int = 6


class Sheet(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One worksheet of the form: its title, its blocks in order (section or table names), its column widths."""

    name: str
    kind: Literal["guide", "data", "checks", "meta"]
    title: str = ""
    blocks: tuple[str, ...] = ()
    widths: tuple[Number, ...] = ()
    columns: FieldColumns = FieldColumns()
    note: str = ""
    landscape: bool = True
    paper: Literal["A4", "A3"] = "A4"
    signature: bool = False


class Case(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One line of a rule's table of cases: values laid over a clean filling, and the state they must give."""

    state: str
    values: dict[str, Given | list[dict[str, Given]]] = {}
    row: int = 0


class Rule(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An audit rule, `left op right` compiled by form.checks. `table` set: it holds on every row of that table."""

    code: str
    name: str
    level: Level
    at: str
    left: str
    op: Literal["=", "<=", ">=", "<", ">", "<>"]
    right: str
    words: str
    words_en: str
    fix: str
    fix_en: str
    reason: str
    basis: str
    since: str
    name_en: str = ""  # not given: the code
    table: str | None = None
    when: str | None = None
    scores: bool = False  # speaks of the score: not judged before every row that makes it can be read
    given: str | None = None  # of a table's rule: the column whose text lets a row pass
    brief: str = ""  # a broken rule in a few words, for 填报状态; not given: the rule's name
    unit: str = ""
    says: str = ""  # what a finding says instead of the general sentence; {left} {right} are the figures
    says_en: str = ""
    cases: tuple[Case, ...] = ()


class Band(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A grade from `low` (inclusive) up to the next better band."""

    grade: str
    low: Number


class Guide(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The words of the first sheet."""

    purpose: str
    steps: tuple[str, ...]
    legend: tuple[str, ...]
    deadline: str
    contact: str
    source_note: str = ""
    signers: tuple[str, ...] = ()  # fields that the line at the foot of a sheet shows
    before: tuple[str, ...] = ()  # what else is to be looked at before the workbook is sent


class Family(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the two letters of a rule's code stand for."""

    letters: str
    title: str
    title_en: str


EDITION_MARK = "@"
"""Between a form's id and the version of a former edition of it."""


class FormHead(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is said of a form as a whole."""

    id: str
    title: str
    version: str
    unit: str
    code_field: str
    name_field: str
    score_field: str
    grade_field: str
    year: int
    region: str = ""
    published: str = ""
    total_fields: tuple[str, ...] = ()
    income_field: str | None = None  # what the consolidated workbook speaks of; a form may have none of them
    expenditure_field: str | None = None
    budget_field: str | None = None
    executed_field: str | None = None
    rate_field: str | None = None
    rate_target: Number | None = None
    review_field: str | None = None  # the bureau's score, beside `score_field`
    per_head_field: str | None = None  # an amount that the number of people (the sum of `head_fields`) limits:
    head_fields: tuple[str, ...] = ()  # beyond `per_head_most` a head, the workbook is filled in in another unit
    per_head_most: Number | None = None
    same_as: tuple[str, ...] = ()  # earlier versions whose fields mean the same: they may be summed together
    no_reason: tuple[str, ...] = ()  # what is no reason when it is all that a cell holds (see form.states)
    leads: bool = False  # the first page leads to what is open, each row says in words how it stands


class Form(FormHead, frozen=True, kw_only=True):
    """A form definition, loaded and validated; `digest` is the hash of its texts (see form.loader). Of a former
    edition, `newest` is the version that took its place (see form.editions)."""

    folder: Path
    digest: str
    newest: str = ""
    guide: Guide
    sheets: tuple[Sheet, ...]
    sections: tuple[Section, ...]
    fields: tuple[Field, ...]
    tables: tuple[Table, ...]
    rules: tuple[Rule, ...]
    bands: tuple[Band, ...]
    families: tuple[Family, ...] = ()
    plausible: Plausible = Plausible()
    indicators: tuple[IndicatorTable, ...] = ()

    def indicators_in(self, table: str) -> IndicatorTable | None:
        """Return what the columns of a table of indicators are; None for another table."""
        return next((one for one in self.indicators if one.table == table), None)

    @property
    def reference(self) -> str:
        """What the workspace knows this very edition by."""
        return f"{self.id}{EDITION_MARK}{self.version}" if self.newest else self.id

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
    def explanations(self) -> tuple[str, ...]:
        """Names of the cells on 校验 where the sender explains what a rule found."""
        return tuple(explanation_name(r.code) for r in self.rules if r.level == "confirm" and r.table is None)

    @property
    def last_years(self) -> tuple[str, ...]:
        """Names of the fields beside which a workbook whose first page leads shows what was said last year: figures to
        compare with, and the texts that it starts with."""
        figures = [f.name for f in self.fields if f.name in (*self.total_fields, self.rate_field)]
        texts = [f.name for f in self.fields if f.type == "longtext" and f.is_input and not f.carry and not f.locked]
        return (*figures, *texts) if self.leads else ()

    @property
    def asides(self) -> tuple[str, ...]:
        """Names of the cells that take a value and are no field: explanations, and what was said last year."""
        return (*self.explanations, *map(last_year_name, self.last_years))

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
