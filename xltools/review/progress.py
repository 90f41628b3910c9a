"""A return copy sent back: the sender's answers on 问题清单, and what is solved, still open or new."""

from __future__ import annotations

from collections.abc import Iterable

from xltools.findings.finding import Finding, reclassed
from xltools.findings.report import Checked, ListedFinding, Progress
from xltools.form.states import is_reason


def place_of(finding: Finding) -> ListedFinding:
    """Return what a finding is compared by."""
    return ListedFinding(finding.code, finding.sheet, finding.cell)


def compare(before: Iterable[ListedFinding], findings: Iterable[Finding]) -> Progress:
    """Return what is solved of `before`, what is still open, and what is open that was not there."""
    known = dict.fromkeys(before)
    now = dict.fromkeys(place_of(f) for f in findings if f.is_open)
    return Progress(
        tuple(p for p in known if p not in now),
        tuple(p for p in known if p in now),
        tuple(p for p in now if p not in known),
    )


def conclude(checked: Checked) -> None:
    """Let the answers on 问题清单 explain their findings, compare with what it listed, settle the status.

    May be called again when findings were added: what it did stays done.
    """
    if checked.listed is not None:
        answers = {ListedFinding(i.code, i.sheet, i.cell): i.answer for i in checked.listed if is_reason(i.answer)}
        checked.findings = [_explained(f, answers.get(place_of(f), "")) for f in checked.findings]
        checked.progress = compare((ListedFinding(i.code, i.sheet, i.cell) for i in checked.listed), checked.findings)
    checked.settle()


def _explained(finding: Finding, answer: str) -> Finding:
    """Return a finding to confirm as explained when the sender gave a reason; errors are not explained away."""
    if not answer or not finding.is_open or finding.level != "confirm":
        return finding
    return reclassed(finding, state="explained", explanation=answer)
