"""What a batch must know of one workbook to compare it with others: a few figures with their cells, a fingerprint of
its numbers, signs of inflated scores. Small, and able to travel between processes."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field

from xltools.form import model as m
from xltools.form.address import Ref
from xltools.form.layout import Key
from xltools.form.states import is_reason
from xltools.review.examined import Examined

COPYABLE = frozenset({"amount", "integer", "number"})
"""Types whose figures differ from department to department; scores, years and rates often agree by chance."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One figure that is held against a figure from elsewhere, and where it stands in the sender's file."""

    name: str
    label: str
    value: float | None
    sheet: str
    cell: str
    unit: str
    decimals: int


@dataclass(frozen=True, slots=True)
class Traits:
    """`given` by roster column, `opening` by the field of last year it must equal, `closing` by field."""

    given: dict[str, Compared] = field(default_factory=dict)
    opening: dict[str, Compared] = field(default_factory=dict)
    closing: dict[str, float] = field(default_factory=dict)
    fingerprint: frozenset[int] = frozenset()
    no_problem: tuple[str, ...] = ()  # required texts that say nothing
    full_but_unmet: str = ""  # a row that missed its target although every judged score is full


def traits_of(it: Examined) -> Traits:
    """Return the traits of a submission under review."""
    form = it.submission.form
    wanted = {f.previous for f in form.fields if f.previous}
    return Traits(
        {f.roster: _compared(it, f) for f in form.fields if f.roster and f.numeric and f.is_input},
        {f.previous: _compared(it, f) for f in form.fields if f.previous},
        {n: v for n in wanted if (v := it.sums.values.get(n)) is not None},
        _fingerprint(it),
        _no_problem(it),
        _full_but_unmet(it),
    )


def _compared(it: Examined, item: m.Field) -> Compared:
    place = it.related(Key(item.name))
    value = it.sums.values.get(item.name)
    return Compared(item.name, item.label, value, place.sheet, place.cell, item.unit, item.decimals)


def _fingerprint(it: Examined) -> frozenset[int]:
    found = set()
    for reading in it.numbers:
        if reading.value and reading.item.type in COPYABLE and reading.key.row < 0:
            found.add(zlib.crc32(f"{reading.key.field}={reading.value:g}".encode()))
    return frozenset(found)


def _no_problem(it: Examined) -> tuple[str, ...]:
    sub = it.submission
    return tuple(
        item.label
        for item in sub.form.fields
        if item.type == "longtext"
        and item.required
        and (reading := sub.readings.get(Key(item.name))) is not None
        and not is_reason(str(reading.raw))
    )


def _full_but_unmet(it: Examined) -> str:
    """Name a row whose target was missed, where no judged score lost a point."""
    form, layout = it.submission.form, it.submission.layout
    judged = [(t, i) for t in form.tables if t.is_fixed and t.score_column for i in range(len(t.rows))]
    scores = []
    for table, index in judged:
        assert table.score_column is not None and table.weight_column is not None
        if table.is_input(index, table.column(table.score_column)):
            reading = it.submission.readings.get(Key(table.name, index, table.score_column))
            scores.append(reading is not None and reading.value == table.rows[index].get(table.weight_column))
    if not scores or not all(scores):
        return ""
    for rule in form.rules:
        if rule.table is None or rule.level != "confirm" or form.table(rule.table).is_fixed or rule.op != ">=":
            continue
        span = layout.spans[rule.table, rule.code]
        for row in range(span.first, span.last + 1):
            if it.values.get(Ref(span.sheet, row, span.column)) in (m.OPEN, m.EXPLAINED):
                return it.row_name(form.table(rule.table), row - span.first)
    return ""
