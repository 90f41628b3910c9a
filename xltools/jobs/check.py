"""xltools check: the report of a run on the screen or in a file, and the contract's exit code."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from xltools.console import Progress, wants_colour
from xltools.form.model import Level
from xltools.intake.discover import SetAside, discover
from xltools.intake.roster import read_roster
from xltools.jobs.common import emit, note, workspace
from xltools.review.findings import Report, reaches
from xltools.review.run import check_all

_WHY = {"lock": "Office 的锁定文件", "system": "系统文件", "narrative": "文字报告，不是工作簿", "other": "不是工作簿"}


def run(
    paths: Sequence[Path],
    roster: Path | None,
    format_: str,
    output: Path | None,
    fail_on: Level,
    forms_dir: Path | None,
    lang: str,
    quiet: bool,
    verbose: bool,
    **_: Any,
) -> int:
    """Check, report, and return 0, 1 or 3."""
    names = read_roster(roster) if roster is not None else None
    files, aside = discover(paths)
    if not quiet:
        say_aside(aside, verbose)
    if not files:
        note("没有找到工作簿（.xlsx）" if lang == "zh" else "no workbook found")
        return 3
    report = check_all(files, workspace(forms_dir), lang, names, Progress(quiet, lang))
    if format_ == "json":
        from xltools.output.json_report import report_json

        emit(report_json(report) + "\n", output)
    else:
        from xltools.output.text import report_text

        emit(report_text(report, lang, output is None and wants_colour(sys.stdout)), output)
    return exit_code(report, fail_on)


def exit_code(report: Report, fail_on: Level) -> int:
    """Return 1 when anything open reaches `fail_on` (an unreadable workbook is an error), else 0."""
    return 1 if reaches(report.findings, fail_on) else 0


def say_aside(aside: Sequence[SetAside], verbose: bool) -> None:
    """Say what was met and not checked: nothing is passed over in silence."""
    for item in aside if verbose else ():
        note(f"未审核：{item.shown}（{_WHY[item.reason]}）")
    if aside and not verbose:
        note(f"另有 {len(aside)} 个文件不是报送件，未审核（加 -v 列出）")
