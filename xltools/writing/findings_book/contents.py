"""The findings workbook: what to do next, the departments, the problems with room for decisions, who sent nothing."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.findings.report import Checked, Report
from xltools.findings.wording import Wording
from xltools.form.address import quote_sheet
from xltools.form.model import Form
from xltools.intake.roster import Department, Roster
from xltools.review.decisions import Decision, finding_id
from xltools.review.typed import TypedIn, TypedLine
from xltools.rules.registry import about_copies, overview_column

LONGEST_LINK = 900


@dataclass(frozen=True)
class FindingsBook:
    """What the workbook is made of. `folder` is where it will stand (links are relative to it), `paths` gives the
    file of a submission where it can be opened, `returned` its return copy, `notices` the texts by department,
    `typed` what the coordinator wrote into its forerunner."""

    report: Report
    wording: Wording
    cards: Mapping[str, Card]
    forms: Sequence[Form]
    folder: Path
    paths: Mapping[str, Path] = field(default_factory=dict)
    returned: Mapping[str, Path] = field(default_factory=dict)
    notices: Sequence[tuple[str, str, str]] = ()  # code, department, text
    decisions: Sequence[Decision] = ()
    typed: TypedIn = field(default_factory=TypedIn)
    roster: Roster | None = None
    day: str = ""
    in_round: bool = False  # made by round next, which sums up too and is run again for the next step

    # ------------------------------------------------------------------ who, in the roster's order
    def line_of(self, checked: Checked) -> Department | None:
        """Return a submission's line of the roster."""
        return None if self.roster is None else self.roster.find(checked.code, checked.department)

    @cached_property
    def in_order(self) -> list[Checked]:
        """All submissions as the roster lists their departments, those it does not name last."""
        lines = self.roster.departments if self.roster is not None else ()
        places = {line.code: at for at, line in enumerate(lines)}

        def place(checked: Checked) -> int:
            line = self.line_of(checked)
            return len(places) if line is None else places[line.code]

        return sorted(self.report.submissions, key=place)

    @cached_property
    def current(self) -> list[Checked]:
        """The submissions that speak for their departments: those that another one replaces do not."""
        return [s for s in self.in_order if not s.superseded]

    @cached_property
    def undecided(self) -> list[Checked]:
        """Those beside which another, different one of the department lies: nobody said yet which counts."""
        return [
            s
            for s in self.current
            if s.form and any(f.is_open and about_copies(f.code) and f.level == "error" for f in s.findings)
        ]

    @cached_property
    def missing(self) -> list[Department]:
        """Who sent nothing, as the roster lists them, those excused by name included."""
        if self.roster is None:
            return []
        codes = {code for code, _ in self.report.missing} | self.report.excused.keys()
        return [d for d in self.roster.departments if d.code in codes]

    # ------------------------------------------------------------------ what, and what was decided about it
    @cached_property
    def problems(self) -> list[tuple[Checked | None, Finding]]:
        """The findings that have a line of their own: not those said in the overview, unless decided or errors."""
        return [pair for pair in self._all() if not self._is_said_above(*pair)]

    def _all(self) -> Iterator[tuple[Checked | None, Finding]]:
        for checked in self.current:
            for finding in checked.findings:
                yield checked, finding
        for finding in self.report.batch:
            yield None, finding

    def _is_said_above(self, checked: Checked | None, finding: Finding) -> bool:
        if checked is None or finding.level != "notice" or overview_column(finding.code) is None:
            return False
        return finding_id(checked, finding) not in self.decided

    @cached_property
    def has_progress(self) -> bool:
        """True when some department can be compared with its round before."""
        return any(checked.progress is not None for checked in self.current)

    @cached_property
    def decided(self) -> Mapping[str, Decision]:
        """What was decided, by the finding's id: in the file of decisions, else in this workbook's forerunner."""
        return {d.id: d for d in (*self.typed.decisions, *self.decisions)}

    @cached_property
    def earlier(self) -> list[TypedLine]:
        """What was typed about findings that are there no longer."""
        now = {finding_id(checked, finding) for checked, finding in self._all()}
        return [line for id_, line in self.typed.lines.items() if id_ not in now]

    def link(self, path: Path | None, sheet: str = "", cell: str = "") -> str:
        """Return a link to a file (and a cell of it), or "" where none can be written that leads there."""
        if path is None:
            return ""
        try:
            target = os.path.relpath(path, self.folder)
        except ValueError:  # another drive of Windows
            target = str(path.absolute())
        place = f"#{quote_sheet(sheet)}!{cell}" if sheet and cell else ""
        if any(ch in target for ch in "#%\r\n") or "#" in sheet or len(target) + len(place) > LONGEST_LINK:
            return ""
        return f"external:{target}{place}"
