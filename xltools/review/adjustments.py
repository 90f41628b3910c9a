"""What a coordinator changes of the rules for a run (--rules): a level, or off; since when, for which form, for whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from xltools.findings.adjusted import Adjusted, NewLevel
from xltools.findings.finding import Finding, reclassed
from xltools.findings.report import Checked, Report
from xltools.form.model import LEVELS, Level


@dataclass(frozen=True, slots=True)
class Adjustment:
    """One line of the file, whole and understood."""

    code: str
    level: NewLevel
    reason: str
    name: str
    since: date | None = None
    form: str = ""
    departments: tuple[str, ...] = ()

    def concerns(self, code: str, checked: Checked | None) -> bool:
        """True when it speaks of a rule in a workbook; of the batch as a whole, only what is said for everybody."""
        if code != self.code:
            return False
        if checked is None:
            return not self.form and not self.departments
        who = {checked.code, checked.department, checked.owner}
        return self.form in ("", checked.form) and (not self.departments or bool(who & {*self.departments}))


@dataclass(frozen=True, slots=True)
class AdjustmentsFile:
    """The coordinator's file and its lines in their order."""

    file: str = ""
    lines: tuple[Adjustment, ...] = ()


@dataclass
class _Applied:
    """The lines that are in force, the closest last, and what each has met."""

    given: AdjustmentsFile
    day: date | None
    met: dict[int, list[Level]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        lines = self.given.lines
        self.in_force = sorted((n for n in range(len(lines)) if self.is_used(lines[n])), key=self._closeness)

    def is_used(self, line: Adjustment) -> bool:
        """True unless the run's day is before the line's; a run without a day is taken to be after it."""
        return line.since is None or self.day is None or line.since <= self.day

    def _closeness(self, number: int) -> tuple[bool, bool, date, int]:
        line = self.given.lines[number]
        return bool(line.departments), bool(line.form), line.since or date.min, number

    def deciding(self, code: str, checked: Checked | None) -> int | None:
        """Return the line that decides, None where no line speaks of the rule here."""
        return next((n for n in reversed(self.in_force) if self.given.lines[n].concerns(code, checked)), None)

    def changed(self, findings: Iterable[Finding], checked: Checked | None) -> Iterator[Finding]:
        """Yield the findings with their new levels, without those of rules that are off."""
        for finding in findings:
            number = self.deciding(finding.code, checked)
            if number is None:
                yield finding
                continue
            level = self.given.lines[number].level
            if level != finding.level:
                self.met.setdefault(number, []).append(finding.level)
            if level != "off":
                yield _at(finding, level)

    def told(self) -> Iterator[Adjusted]:
        """Yield what every line did."""
        for number, line in enumerate(self.given.lines):
            met = self.met.get(number, [])
            yield Adjusted(
                code=line.code,
                level=line.level,
                was=tuple(level for level in LEVELS if level in met),
                since=line.since.isoformat() if line.since else "",
                form=line.form,
                departments=line.departments,
                reason=line.reason,
                name=line.name,
                file=self.given.file,
                count=len(met),
                used=self.is_used(line),
                dated=self.day is not None,
            )


def _at(finding: Finding, level: Level) -> Finding:
    """Return the finding at a level; what must be corrected is not settled by an explanation."""
    reopened = level == "error" and finding.state == "explained"
    return reclassed(finding, level=level, state="open" if reopened else finding.state)


def adjust(report: Report, given: AdjustmentsFile, day: date | None) -> None:
    """Give every finding the level that the file says, drop those of rules that are off, and keep what was done."""
    applied = _Applied(given, day)
    for checked in report.submissions:
        checked.findings = list(applied.changed(checked.findings, checked))
        checked.not_evaluated = [n for n in checked.not_evaluated if not _is_off(applied, n.code, checked)]
    report.batch = list(applied.changed(report.batch, None))
    report.adjusted = tuple(applied.told())


def _is_off(applied: _Applied, code: str, checked: Checked) -> bool:
    number = applied.deciding(code, checked)
    return number is not None and applied.given.lines[number].level == "off"
