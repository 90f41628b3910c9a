"""What the rules of indicators look at: the indicators of one workbook, and how they say a finding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from string import digits
from typing import Literal

from xltools.bilingual import same
from xltools.findings.card import Card
from xltools.findings.extract import IndicatorLine
from xltools.findings.finding import Finding, Related
from xltools.findings.values import Value
from xltools.form import model as m
from xltools.form.address import Ref
from xltools.form.indicator_words import IndicatorWords, indicator_words
from xltools.form.indicators import Asked, IndicatorTable, Kind
from xltools.form.layout import Key
from xltools.rules.context import RuleContext
from xltools.rules.quality.names import head, plain

Direction = Literal["", "at_least", "at_most", "exactly"]
DIRECTIONS: tuple[Direction, ...] = ("at_least", "at_most", "exactly")


@dataclass(frozen=True, slots=True)
class Indicator:
    """One row of a table of indicators. What was not given is "" or None."""

    of: IndicatorTable
    row: int
    given: str
    name: str
    head: str
    unit: str
    direction: Direction
    sign: str
    target: float | None
    actual: float | None
    weight: float | None
    group: str
    kind: Kind

    def key(self, column: str) -> Key:
        """Return the cell of one of the row's columns, by what it means: name, unit, direction, target …"""
        return Key(self.of.table, self.row, getattr(self.of, column))


@dataclass(frozen=True)
class QualityContext:
    """A submission's indicators and the words by which they are judged."""

    ctx: RuleContext

    @property
    def words(self) -> IndicatorWords:
        """The words of all forms."""
        return indicator_words()

    @property
    def tables(self) -> tuple[IndicatorTable, ...]:
        """The form's tables of indicators."""
        return self.ctx.submission.form.indicators

    @cached_property
    def rows(self) -> tuple[Indicator, ...]:
        """The rows that have a name, in the form's order."""
        return tuple(row for table in self.tables for row in _rows(self.ctx, table))

    @property
    def counted(self) -> Iterator[Indicator]:
        """The rows with a target that is a number."""
        return (row for row in self.rows if row.direction and row.target is not None)

    @property
    def spent(self) -> float | None:
        """The share of the budget that was spent, in percent; None where there is none."""
        form, sums = self.ctx.submission.form, self.ctx.sums.values
        budget, executed = sums.get(form.budget_field or ""), sums.get(form.executed_field or "")
        return 100 * executed / budget if budget and executed is not None else None

    @property
    def lacking(self) -> Iterator[tuple[IndicatorTable, Asked]]:
        """The groups that the form asks for and that a table with rows has none of."""
        for table in self.tables:
            groups = {row.group for row in self.rows if row.of is table}
            yield from ((table, asked) for asked in table.asks if groups and not groups & set(asked.groups))

    def effect(self, row: Indicator) -> str:
        """Return the word of an effect that nothing counts and that has a share or points as its target, or "".

        All that the benefits say is an effect.
        """
        words = self.words
        if not row.direction or row.target is None or words.measured.ends(row.head.rstrip(digits)):
            return ""
        kind = words.unit_kind(row.unit)
        in_points = bool(row.unit) and not kind and bool(words.measured.ends(row.unit))
        if kind != "share" and not in_points:
            return ""
        return words.vague.within(row.head) or (row.head if row.kind == "benefit" else "")

    def say(
        self,
        card: Card,
        row: Indicator,
        column: str,
        values: Mapping[str, Value] | None = None,
        level: m.Level | None = None,
        beside: Indicator | None = None,
    ) -> Finding:
        """Return a finding of `card` at a column of an indicator, and the other indicator it speaks of."""
        key = row.key(column)
        reading = self.ctx.submission.readings.get(key)
        related: tuple[Related, ...] = () if beside is None else (self.ctx.related(beside.key("name")),)
        stated = None if reading is None or not isinstance(reading.raw, str | int | float) else reading.raw
        return self.ctx.say(
            card, self.place(key), self.ctx.label(key), values, level=level, stated=stated, related=related
        )

    def say_table(self, card: Card, table: IndicatorTable, values: Mapping[str, Value]) -> Finding:
        """Return a finding of `card` about a table as a whole, at the name of its first free row."""
        used = [row.row for row in self.rows if row.of is table]
        capacity = self.ctx.submission.layout.capacities[table.table]
        free = next((n for n in range(capacity) if n not in used), capacity - 1)
        label = same(self.ctx.submission.form.table(table.table).label)
        return self.ctx.say(card, self.place(Key(table.table, free, table.name)), label, values)

    def place(self, key: Key) -> Ref:
        """Return where a cell stands in the sender's file."""
        return self.ctx.submission.where.get(key) or self.ctx.submission.locate(self.ctx.submission.layout.cells[key])


def _rows(ctx: RuleContext, table: IndicatorTable) -> Iterator[Indicator]:
    readings = ctx.submission.readings
    signs = {getattr(table, name): name for name in DIRECTIONS if getattr(table, name)}

    def text(row: int, column: str) -> str:
        reading = readings.get(Key(table.table, row, column)) if column else None
        return "" if reading is None or reading.raw is None or reading.blank else str(reading.raw).strip()

    def number(row: int, column: str) -> float | None:
        reading = readings.get(Key(table.table, row, column)) if column else None
        value = None if reading is None or reading.problem else reading.value
        return float(value) if isinstance(value, int | float) else None

    for row in sorted({key.row for key in readings if key.field == table.table and key.column == table.name}):
        given, sign, group = text(row, table.name), text(row, table.direction), text(row, table.group)
        name = plain(given)
        if name:
            yield Indicator(
                *(table, row, given, name, head(name), text(row, table.unit).replace(" ", "")),
                *(signs.get(sign, ""), sign, number(row, table.target), number(row, table.actual)),
                *(number(row, table.weight), group, table.kind_of(group)),
            )


def lines_of(quality: QualityContext) -> tuple[IndicatorLine, ...]:
    """Return the indicators as other workbooks and other years are held against them."""
    return tuple(
        IndicatorLine(
            *(row.given, row.unit, row.direction, row.target, row.actual),
            *(quality.place(row.key("name")).sheet, quality.place(row.key("name")).a1),
            quality.place(row.key("target")).a1,
        )
        for row in quality.rows
        if row.direction
    )
