"""What the rules of a batch look at (all workbooks and the roster, two years, a decision), and how they say a finding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.findings.extract import Compared
from xltools.findings.finding import Finding
from xltools.findings.report import Checked, Report
from xltools.findings.values import Figure, Value
from xltools.intake.columns import APPROVED
from xltools.intake.roster import Department, Roster

Placed = tuple[Checked | None, Finding]
"""A finding and the workbook it is about; None for the batch as a whole."""


@dataclass(frozen=True)
class BatchContext:
    """All workbooks of a run and the roster, where there is one."""

    report: Report
    roster: Roster | None = None

    @cached_property
    def read(self) -> list[Checked]:
        """The workbooks that were read."""
        return [s for s in self.report.submissions if s.form]

    def line(self, checked: Checked) -> Department | None:
        """Return a workbook's line in the roster."""
        return None if self.roster is None else self.roster.find(checked.code, checked.department)

    def budget(self, checked: Checked) -> tuple[Compared, float] | None:
        """Return a workbook's budget and what the roster says was approved, where both are known."""
        line, traits = self.line(checked), checked.traits
        own = None if traits is None else traits.totals.get(traits.budget)
        right = None if line is None else line.values.get(APPROVED)
        return None if own is None or own.value is None or not isinstance(right, int | float) else (own, float(right))

    def of_one_department(self) -> list[list[Checked]]:
        """Return the workbooks of each department and round, in the order they came."""
        groups: dict[tuple[str, int], list[Checked]] = {}
        for checked in self.read:
            if checked.code or checked.department:
                groups.setdefault((checked.owner, checked.round), []).append(checked)
        return list(groups.values())


@dataclass(frozen=True, slots=True)
class AgainstLastYear:
    """This year's workbook of a department and last year's."""

    checked: Checked
    last: Checked


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """A decision of the coordinator: where it stands, of what, what is missing in it, whether it met a finding."""

    file: str
    sheet: str
    row: int
    what: str
    verdict: str
    gap: Pair
    met: bool

    def say(self, card: Card, values: Mapping[str, Value]) -> Finding:
        """Return a finding of `card` at the decision's line."""
        told: dict[str, Value] = {"row": self.row, "what": self.what or "—", **values}
        return Finding(
            code=card.code, level=card.level, file=self.file, sheet=self.sheet, cell=f"A{self.row}", values=told
        )


def told_of_unit(checked: Checked) -> bool:
    """True when the workbook shows by itself that amounts stand in another unit: it need not be said again."""
    return any(finding.code == "VA014" for finding in checked.findings)


def about(checked: Checked, card: Card, values: Mapping[str, Value]) -> Finding:
    """Return a finding of `card` about a workbook as a whole."""
    return Finding(
        code=card.code, level=card.level, file=checked.file, department=checked.department, values=dict(values)
    )


def at_figure(checked: Checked, card: Card, own: Compared, expected: float) -> Finding:
    """Return a finding of `card` at the cell of a figure that should be another one."""
    values: dict[str, Value] = {
        "there": Figure(own.value, own.decimals, own.unit),
        "right": Figure(expected, own.decimals, own.unit),
    }
    return Finding(
        code=card.code,
        level=card.level,
        file=checked.file,
        department=checked.department,
        sheet=own.sheet,
        cell=own.cell,
        field=own.label,
        values=values,
        stated=own.value,
        expected=expected,
        difference=None if own.value is None else round(own.value - expected, 6),
    )
