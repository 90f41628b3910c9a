"""What must be known of a score: points above an indicator's weight, and points for figures that were left blank."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from xltools.form import model as m
from xltools.summary.entry import BatchEntry
from xltools.summary.frames import Indicator
from xltools.summary.numbers import is_number

_WORD = re.compile(r"[一-鿿][一-鿿A-Za-z0-9_]*")


@dataclass(frozen=True, slots=True)
class _Scored:
    """One indicator: the column of its score, and the places of the fields its score is computed from."""

    indicator: Indicator
    at: int
    asked: tuple[int, ...]


class ScoreNotes:
    """Looks at the scores of one form's submissions."""

    def __init__(self, form: m.Form, indicators: Sequence[Indicator]) -> None:
        self._scored = [_scored(form, indicator) for indicator in indicators]

    def over_weight(self, entry: BatchEntry) -> list[Indicator]:
        """Return the indicators for which a department gave itself more than they weigh."""
        found = ((s.indicator, _score(entry, s)) for s in self._scored)
        return [i for i, score in found if score is not None and score > i.weight + 1e-9]

    def blank(self, entry: BatchEntry) -> list[Indicator]:
        """Return the indicators whose points were computed although every figure they come from was left blank."""
        harvest = entry.checked.harvest
        if harvest is None:
            return []
        return [
            s.indicator
            for s in self._scored
            if s.asked and all(harvest.values[at] in (None, "") for at in s.asked) and (_score(entry, s) or 0) > 0
        ]


def _scored(form: m.Form, indicator: Indicator) -> _Scored:
    table = form.table(indicator.table)
    at = next(i for i, c in enumerate(table.columns) if c.name == table.score_column)
    formula = table.cell_formula(indicator.row, table.columns[at]) or ""
    words = set(_WORD.findall(formula))
    asked = tuple(i for i, f in enumerate(form.fields) if f.is_input and f.name in words)
    return _Scored(indicator, at, asked)


def _score(entry: BatchEntry, scored: _Scored) -> float | None:
    harvest = entry.checked.harvest
    rows = harvest.tables.get(scored.indicator.table, ()) if harvest is not None else ()
    if scored.indicator.row >= len(rows):
        return None
    value = rows[scored.indicator.row][scored.at]
    return float(value) if is_number(value) else None
