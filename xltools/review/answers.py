"""A return copy sent back: the sender's answers on 问题清单 explain what is to be confirmed."""

from __future__ import annotations

from collections.abc import Sequence

from xltools.findings.finding import Finding, reclassed
from xltools.findings.report import Checked, ListedFinding
from xltools.form.states import is_reason


def compared_by(finding: Finding) -> ListedFinding:
    """Return what a finding is compared by."""
    return ListedFinding(finding.code, finding.sheet, finding.cell)


def explain(checked: Checked, words: Sequence[str] = ()) -> None:
    """Let the answers explain their findings; errors are not explained away. `words` is what the form takes for no
    reason."""
    if checked.listed is None:
        return
    answers = {ListedFinding(i.code, i.sheet, i.cell): i.answer for i in checked.listed if is_reason(i.answer, words)}
    checked.findings = [_explained(f, answers.get(compared_by(f), "")) for f in checked.findings]


def _explained(finding: Finding, answer: str) -> Finding:
    if not answer or not finding.is_open or finding.level != "confirm":
        return finding
    return reclassed(finding, state="explained", explanation=answer)
