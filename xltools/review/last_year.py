"""Against the year before: what only last year's workbooks show."""

from __future__ import annotations

from xltools.findings.report import Report
from xltools.intake.directory import Directory
from xltools.rules.batch.context import AgainstLastYear
from xltools.rules.registry import LAST_YEAR


def against_last_year(report: Report, before: Report) -> None:
    """Add what last year's workbooks show, at this year's workbook of the same department."""
    old = sorted((s for s in before.submissions if s.form and not s.superseded), key=lambda s: s.round)
    directory = Directory((s.code, s.department, s) for s in old)
    for checked in report.submissions:
        last = directory.find(checked.code, checked.department)
        if last is None or not checked.form or checked.traits is None or last.traits is None:
            continue
        pair = AgainstLastYear(checked, last)
        checked.findings += [finding for rule in LAST_YEAR.rules for finding in rule.find(pair)]
