"""Checks many workbooks in order and gathers them into one report."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from xltools.intake.discover import Found
from xltools.intake.roster import Roster
from xltools.recalc.workspace import Workspace
from xltools.review.batch import batch_findings
from xltools.review.check import check_file
from xltools.review.findings import Checked, Report
from xltools.review.progress import conclude

Progress = Callable[[int, int, Checked], None]


def check_all(
    files: Sequence[Found],
    workspace: Workspace,
    lang: str = "zh",
    roster: Roster | None = None,
    progress: Progress | None = None,
    harvest: bool = False,
) -> Report:
    """Check every file and, with a roster, the batch as a whole. One bad file never stops the others."""
    report = Report()
    for number, found in enumerate(files, start=1):
        checked = check_file(found.path, found.shown, workspace, lang, harvest)
        report.submissions.append(checked)
        if progress is not None:
            progress(number, len(files), checked)
    batch_findings(report, roster, lang)
    for checked in report.submissions:
        conclude(checked)
    return report
