"""What the rules look at: one submission with the engine's values, and how they say a finding."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypedDict, Unpack

from xltools.bilingual import Pair, same
from xltools.findings.card import Card
from xltools.findings.finding import Finding, Related
from xltools.findings.texts import inert
from xltools.findings.values import Cell, Value
from xltools.form import model as m
from xltools.form.address import Ref, a1
from xltools.form.layout import Key
from xltools.intake.submission import Computed, Reading, Submission
from xltools.recalc.engine import EngineValue
from xltools.rules.diagnosis.equations import Figures
from xltools.rules.workbook.altered import Alteration, Pasted, agrees, find_altered, pasted_over

_ROW = Pair("第 {number} 行", "row {number} ")


class Evidence(TypedDict, total=False):
    """What a finding may carry beside its place and the values of its sentence."""

    stated: Cell
    expected: Cell
    difference: float | None
    related: tuple[Related, ...]
    hint: Pair
    explanation: str
    form: str


@dataclass
class RuleContext:
    """A submission under review. `values` holds the engine's value of every formula cell of the template,
    `blank` those of the blank template."""

    submission: Submission
    values: Mapping[Ref, EngineValue]
    blank: Mapping[Ref, EngineValue]
    recalculate: Callable[[Mapping[Key, m.Scalar]], Mapping[Ref, EngineValue]] | None = None

    @cached_property
    def live(self) -> Mapping[Ref, EngineValue]:
        """What the workbook's own formulas show: as `values`, but unusual writing is text to them."""
        if self.recalculate is None or not any(r.habits or r.blank for r in self.odd):
            return self.values
        return self.recalculate(self.submission.live_inputs())

    @cached_property
    def own(self) -> list[Reading]:
        """What the sender can have typed: all that was read but what shows last year."""
        shown = set(map(m.last_year_name, self.submission.form.last_years))
        return [reading for key, reading in self.submission.readings.items() if key.field not in shown]

    @cached_property
    def odd(self) -> list[Reading]:
        """The readings that are anything but clean, in the form's order."""
        return [r for r in self.own if not r.clean or r.formula is not None]

    @cached_property
    def numbers(self) -> list[Reading]:
        """The readings that were understood as numbers."""
        return [r for r in self.own if r.item.numeric and type(r.value) in (int, float)]

    @cached_property
    def sums(self) -> Figures:
        """The submission's figures under the form's rules."""
        return Figures.of(self.submission, self.values)

    @cached_property
    def altered(self) -> list[tuple[Ref, Computed, Alteration]]:
        """The formula cells that no longer hold the template's formula."""
        return list(find_altered(self.submission))

    @cached_property
    def pasted(self) -> list[Pasted]:
        """The sheets and tables whose formulas are values now."""
        return pasted_over(self.submission, self.altered)

    @cached_property
    def told_once(self) -> frozenset[Ref]:
        """The formula cells that belong to such a sheet or table: what agrees among them is told once."""
        return frozenset(ref for part in self.pasted for ref in part.cells)

    @cached_property
    def still_blank(self) -> bool:
        """True when every result that the file shows is the blank template's: it was never recalculated."""
        shown = ((ref, c.cached) for ref, c in self.submission.computed.items() if c.cached not in (None, ""))
        return all(agrees(cached, self.blank.get(ref)) for ref, cached in shown)

    def value(self, key: Key) -> EngineValue:
        """Return the engine's value of a computed field or table cell."""
        return self.values.get(self.submission.layout.cells[key])

    def label(self, key: Key) -> Pair:
        """Return what the form calls a cell, with its row's name for a table."""
        if key.row < 0:
            return same(self.submission.layout.labels.get(key, key.field))
        table = self.submission.form.table(key.field)
        column = self.submission.layout.labels.get(Key(key.field, -1, key.column), key.column)
        row = self.row_name(table, key.row)
        return Pair(row.zh + column, row.en + column)

    def cell_label(self, ref: Ref) -> Pair:
        """Return how a cell without a field is called: a rule's line on 校验, a row's state, else its address."""
        sub = self.submission
        if ref.sheet == sub.form.checks_sheet:
            code = next((c for c, row in sub.layout.check_rows.items() if row == ref.row), "")
            return same(f"{ref.sheet} {code}" if code else ref.sheet)
        return same(f"{ref.sheet} {ref.a1}")

    def row_name(self, table: m.Table, row: int) -> Pair:
        """Return how a table's row is called in messages, with a separator behind it."""
        title = ""
        if table.title_column is not None:
            if table.is_fixed:
                title = str(table.rows[row].get(table.title_column, ""))
            else:
                reading = self.submission.readings.get(Key(table.name, row, table.title_column))
                title = "" if reading is None else str(reading.raw)
        title = inert(" ".join(title.split()))[:24]
        return same(f"“{title}”") if title else _ROW.format(number=row + 1)

    def say(
        self,
        card: Card,
        ref: Ref,
        label: Pair,
        values: Mapping[str, Value] | None = None,
        level: m.Level | None = None,
        **evidence: Unpack[Evidence],
    ) -> Finding:
        """Return a finding of `card` at `ref` (an address in the sender's file), with what its sentence needs."""
        return self.finding(card.code, level or card.level, ref, label, values or {}, **evidence)

    def finding(
        self,
        code: str,
        level: m.Level,
        ref: Ref,
        label: Pair,
        values: Mapping[str, Value],
        **evidence: Unpack[Evidence],
    ) -> Finding:
        """Return a finding of a code; explained when an explanation stands."""
        return Finding(
            code=code,
            level=level,
            state="explained" if evidence.get("explanation") else "open",
            file=self.submission.file,
            department=self.submission.department,
            sheet=ref.sheet,
            cell=a1(ref.row, ref.column) if ref.row else "",
            field=label,
            values=dict(values),
            **evidence,
        )

    def related(self, key: Key) -> Related:
        """Return the place of an input in the sender's file."""
        ref = self.submission.where.get(key) or self.submission.locate(self.submission.layout.cells[key])
        return Related(ref.sheet, ref.a1, self.label(key))
