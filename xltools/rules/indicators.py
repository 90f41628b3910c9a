"""The rows of a form's tables of indicators, by what its columns hold: name, unit, direction, target, actual."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xltools.form.layout import Key
from xltools.intake.submission import Reading
from xltools.rules.context import RuleContext


@dataclass(frozen=True, slots=True)
class MeasuredRow:
    """One row; `target` and `actual` are None where no number stands there."""

    name: str
    unit: str
    direction: str
    target: Reading | None
    actual: Reading | None

    def named(self, words: Sequence[str]) -> bool:
        """True when the row's name has one of these words."""
        return any(word in self.name for word in words)

    def ends(self, words: Sequence[str]) -> bool:
        """True when the row's name ends with one of these words."""
        return self.name.endswith(tuple(words))

    def united(self, words: Sequence[str]) -> bool:
        """True when the row's unit has one of these words."""
        return any(word in self.unit for word in words)

    def number(self, reading: Reading) -> float:
        """Return the number of its target or actual."""
        assert isinstance(reading.value, int | float)
        return reading.value


def indicators(ctx: RuleContext) -> Iterator[MeasuredRow]:
    """Yield every row in which a target or an actual stands."""
    sub = ctx.submission
    for of in sub.form.indicators:

        def text(row: int, column: str, table: str = of.table) -> str:
            reading = sub.readings.get(Key(table, row, column)) if column else None
            return "" if reading is None else str(reading.value or reading.raw or "")

        def number(row: int, column: str, table: str = of.table) -> Reading | None:
            reading = sub.readings.get(Key(table, row, column))
            return reading if reading is not None and type(reading.value) in (int, float) else None

        for row in range(sub.layout.capacities[of.table]):
            target, actual = number(row, of.target), number(row, of.actual)
            if target is not None or actual is not None:
                yield MeasuredRow(text(row, of.name), text(row, of.unit), text(row, of.direction), target, actual)
