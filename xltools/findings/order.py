"""The order of findings within a workbook: by level, then as the sheets, rows and columns stand in the form."""

from __future__ import annotations

from collections.abc import Iterable

from xltools.findings.finding import Finding
from xltools.form.address import parse_a1
from xltools.form.model import LEVELS
from xltools.intake.submission import Submission


def in_order(findings: Iterable[Finding], submission: Submission) -> list[Finding]:
    """Return the findings sorted for reading; those that no longer count come last in their level."""
    homes = [submission.structure.sheet_of.get(s.sheet.name) or s.sheet.name for s in submission.layout.sheets]
    order = {name: index for index, name in enumerate(homes)}

    def key(finding: Finding) -> tuple[int, bool, int, tuple[int, int], str]:
        place = parse_a1(finding.cell) if finding.cell else None
        return (
            LEVELS.index(finding.level),
            not finding.is_open,
            order.get(finding.sheet, len(order)),
            place or (0, 0),
            finding.code,
        )

    return sorted(findings, key=key)
