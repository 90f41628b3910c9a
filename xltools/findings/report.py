"""The result of a run: one file's, and all of them in order with what only the batch shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from msgspec import Struct

from xltools.bilingual import Pair
from xltools.findings.adjusted import Adjusted
from xltools.findings.extract import Harvest, Traits
from xltools.findings.finding import Finding, NotEvaluated
from xltools.findings.values import Cell
from xltools.form.model import EDITION_MARK, LEVELS, Level
from xltools.intake.files.input_file import SetAside
from xltools.intake.submission import Listed

Status = Literal["passed", "confirm", "failed", "unreadable"]
GaveWay = Literal["", "round", "saved", "dated", "same"]
"""Why another workbook of a department counts: a newer round, saved later, a newer file, the same listed first."""

SCHEMA = "xltools.report/1"


class ListedFinding(Struct, frozen=True, forbid_unknown_fields=True):
    """Which finding, where: what an earlier round listed and this round can be compared with."""

    code: str
    sheet: str
    cell: str

    @property
    def place(self) -> str:
        """Where it stands, as outputs write it."""
        return "!".join(p for p in (self.sheet, self.cell) if p)


class Progress(Struct, frozen=True, forbid_unknown_fields=True):
    """What became of the findings of an earlier round, and what is open that it did not have."""

    solved: tuple[ListedFinding, ...] = ()
    open: tuple[ListedFinding, ...] = ()
    new: tuple[ListedFinding, ...] = ()

    @property
    def parts(self) -> tuple[tuple[Pair, tuple[ListedFinding, ...]], ...]:
        """What is solved, still open and new, each with what it is called."""
        return (SOLVED, self.solved), (STILL, self.open), (NEW, self.new)


SOLVED, STILL, NEW = Pair("已解决", "solved"), Pair("仍在", "still open"), Pair("新出现", "new")
"""What became of the findings of an earlier round."""


class Checked(Struct, forbid_unknown_fields=True):
    """The result for one file."""

    file: str
    sha256: str
    form: str = ""
    department: str = ""
    code: str = ""
    status: Status = "unreadable"
    score: float | None = None
    grade: str = ""
    round: int = 0
    findings: list[Finding] = []
    not_evaluated: list[NotEvaluated] = []
    figures: dict[str, Cell] = {}
    listed: tuple[Listed, ...] | None = None  # what 问题清单 of a return copy listed
    progress: Progress | None = None  # against 问题清单, or against an earlier report
    owner: str = ""  # equal for workbooks of one department (see owners)
    superseded: str = ""  # the file of this department that counts instead
    gave_way_by: GaveWay = ""  # what the other one has before this one
    traits: Traits | None = None  # what the batch compares
    harvest: Harvest | None = None  # only when asked for: what the consolidated workbook needs
    edition: str = ""  # the former edition of the form that it was checked by
    kept: bytes = b""  # only when asked for: the submission itself, packed

    @property
    def definition(self) -> str:
        """What the workspace knows the definition by that it was checked by."""
        return f"{self.form}{EDITION_MARK}{self.edition}" if self.edition else self.form

    def settle(self) -> None:
        """Set the status from the findings that are open."""
        if self.status == "unreadable" and not self.form:
            return
        levels = {f.level for f in self.findings if f.is_open}
        self.status = "failed" if "error" in levels else "confirm" if "confirm" in levels else "passed"


@dataclass(slots=True)
class Report:
    """The result of a run, in the order files were given; `batch` are findings about several workbooks."""

    submissions: list[Checked] = field(default_factory=list)
    batch: list[Finding] = field(default_factory=list)
    missing: list[tuple[str, str]] = field(default_factory=list)  # (code, name) of those who sent nothing
    excused: dict[str, str] = field(default_factory=dict)  # by code: why, and who says that, it need not report
    set_aside: list[SetAside] = field(default_factory=list)  # what was met and is no submission
    adjusted: tuple[Adjusted, ...] = ()  # the rules that the coordinator changed for this run

    @property
    def findings(self) -> list[Finding]:
        """All findings, in order."""
        return [f for s in self.submissions for f in s.findings] + self.batch

    @property
    def not_evaluated(self) -> list[NotEvaluated]:
        """All rules that could not be judged."""
        return [n for s in self.submissions for n in s.not_evaluated]

    def counts(self) -> dict[str, int]:
        """Return the counts of the JSON report."""
        statuses = [s.status for s in self.submissions]
        found = {"submissions": len(statuses)}
        found |= {status: statuses.count(status) for status in ("passed", "confirm", "failed", "unreadable")}
        found["missing"] = len(self.missing)
        open_ = [f.level for f in self.findings if f.is_open]
        found |= {level: open_.count(level) for level in LEVELS}
        found["explained"] = sum(f.state == "explained" for f in self.findings)
        found["waived"] = sum(f.state == "waived" for f in self.findings)
        return found


def reaches(findings: Iterable[Finding], threshold: Level) -> bool:
    """True when any open finding is at or above `threshold`."""
    worst = LEVELS.index(threshold)
    return any(f.is_open and LEVELS.index(f.level) <= worst for f in findings)
