"""Against the round before: which of its findings are solved, which are still open, and which are new."""

from __future__ import annotations

from collections.abc import Iterable

from xltools.findings.finding import Finding
from xltools.findings.report import Checked, ListedFinding, Progress, Report
from xltools.review.answers import compared_by
from xltools.review.earlier_report import EarlierReport


def compare(before: Iterable[ListedFinding], findings: Iterable[Finding]) -> Progress:
    """Return what is solved of `before`, what is still open, and what is open that was not there."""
    known = dict.fromkeys(before)
    now = dict.fromkeys(compared_by(f) for f in findings if f.is_open)
    return Progress(
        tuple(p for p in known if p not in now),
        tuple(p for p in known if p in now),
        tuple(p for p in now if p not in known),
    )


def against_list(checked: Checked) -> None:
    """Compare a return copy with its own list."""
    if checked.listed is not None:
        checked.progress = compare((ListedFinding(i.code, i.sheet, i.cell) for i in checked.listed), checked.findings)


def against_report(report: Report, before: EarlierReport) -> None:
    """Compare each department's findings with those of an earlier report.

    A return copy is compared with its own list, which is closer to it.
    """
    codes = {s.file: s.code for s in before.submissions}
    known: dict[str, list[ListedFinding]] = {}
    for item in before.findings:
        if item.state == "open":
            owner = codes.get(item.file) or item.department
            known.setdefault(owner, []).append(ListedFinding(item.code, item.sheet, item.cell))
    owners = {*codes.values(), *(s.department for s in before.submissions)}
    for checked in report.submissions:
        owner = checked.code if checked.code in owners else checked.department
        if checked.form and checked.listed is None and owner in owners:
            checked.progress = compare(known.get(owner, ()), checked.findings)
