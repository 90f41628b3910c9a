"""The law of folding: what is only a consequence stands under what leads it, but never under something less grave."""

from __future__ import annotations

from collections.abc import Sequence

from xltools.findings.finding import Finding
from xltools.form.model import LEVELS


def name_of(finding: Finding) -> str:
    """Return how `root` names a finding."""
    return f"{finding.code}@{finding.cell}"


def may_fold(follower: Finding, leader: Finding) -> bool:
    """True when `follower` may be shown as a consequence of `leader`: an error never under a confirmation, neither of
    them under a notice. Who corrects only what is shown first must not miss an error."""
    return LEVELS.index(leader.level) <= LEVELS.index(follower.level)


def by_root(findings: Sequence[Finding]) -> tuple[list[Finding], dict[str, list[Finding]]]:
    """Return the findings that lead, and those that are only their consequences, by what leads (code@cell)."""
    leaders = {name_of(f): f for f in findings if not f.root}
    under: dict[str, list[Finding]] = {}
    leading = []
    for finding in findings:
        leader = leaders.get(finding.root)
        if leader is not None and may_fold(finding, leader):
            under.setdefault(finding.root, []).append(finding)
        else:
            leading.append(finding)
    return leading, under
