"""A run: every file checked by itself, then the stages in their order, then the status settled, once."""

from __future__ import annotations

from collections.abc import Sequence

from xltools.findings.report import Checked, Report
from xltools.review.checking import OnResult, check_files
from xltools.review.context import RunContext
from xltools.review.stages import STAGES


def run(context: RunContext, on_result: OnResult | None = None) -> Report:
    """Check the files of a run and return its report."""
    return concluded(context, check_files(context, on_result))


def concluded(context: RunContext, results: Sequence[Checked]) -> Report:
    """Return the report of files that were checked: all that can be said only when every one of them is."""
    report = Report(list(results), set_aside=list(context.set_aside))
    for stage in STAGES:
        stage(context, report)
    for checked in report.submissions:
        checked.settle()
    return report
