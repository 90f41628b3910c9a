"""Which workbook a narrative belongs to: by code and name in file and title, by the figures that both state."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from xltools.findings.report import Checked
from xltools.form.layout import Key
from xltools.intake.directory import same_name
from xltools.intake.files.names import name_of
from xltools.intake.narrative.reading import Narrative

_ENOUGH = 3
_MOST_FIGURES = 4


@dataclass(frozen=True, slots=True)
class _Points:
    named: int
    figures: int

    @property
    def total(self) -> int:
        return self.named + self.figures


def best_match(narrative: Narrative, workbooks: Sequence[Checked]) -> Checked | None:
    """Return the workbook a narrative belongs to, or None when nothing, or nothing single, tells it."""
    scored = [(_points(narrative, checked), checked) for checked in workbooks if checked.form == narrative.form.id]
    scored = [(p, c) for p, c in scored if p.total >= _ENOUGH]
    if not scored:
        return None
    best = max(p.total for p, _ in scored)
    first = [c for p, c in scored if p.total == best]
    owners = {c.owner for c in first}
    return max(first, key=lambda c: c.round) if len(owners) == 1 else None


def _points(narrative: Narrative, checked: Checked) -> _Points:
    name = name_of(narrative.file)
    named = 0
    if len(checked.code) >= 3 and re.search(rf"(?<!\d){re.escape(checked.code)}(?!\d)", name):
        named += 3
    if len(checked.department) >= 2 and checked.department in name:
        named += 3
    if narrative.department and checked.department and same_name(narrative.department, checked.department):
        named += 3
    return _Points(named, _agreeing(narrative, checked))


def _agreeing(narrative: Narrative, checked: Checked) -> int:
    """How many different telling figures (three digits or more) both state."""
    shared = set()
    for field, value in checked.figures.items():
        if isinstance(value, bool) or not isinstance(value, int | float):
            continue
        for statement in narrative.of(Key(field)):
            digits = re.sub(r"\D", "", statement.raw).strip("0")
            if len(digits) < 3 or isinstance(statement.value, str):
                continue
            if abs(Decimal(str(statement.value)) - Decimal(repr(value))) <= (statement.half or 0):
                shared.add(digits)
    return min(len(shared), _MOST_FIGURES)
