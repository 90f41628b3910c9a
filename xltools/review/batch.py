"""Applies the rules of the batch: their findings go to the workbooks they are about, and who sent nothing is listed."""

from __future__ import annotations

from xltools.findings.report import Report
from xltools.intake.roster import Roster
from xltools.rules.batch.context import BatchContext
from xltools.rules.registry import BATCH


def batch_findings(report: Report, roster: Roster | None) -> None:
    """Add the batch's findings to `report`, and list who sent nothing."""
    ctx = BatchContext(report, roster)
    for rule in BATCH.rules:
        for checked, finding in rule.find(ctx):
            (report.batch if checked is None else checked.findings).append(finding)
    if roster is not None:
        codes, said = {s.code for s in report.submissions}, {s.department for s in report.submissions}
        report.missing = [(d.code, d.name) for d in roster.departments if d.code not in codes and d.name not in said]
