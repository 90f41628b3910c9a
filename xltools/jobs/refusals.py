"""What is said of a file that a command was given by name and that cannot be read."""

from __future__ import annotations

from pathlib import Path

from xltools.bilingual import LANGS, Pair
from xltools.errors import UnreadableFile
from xltools.findings.finding import Finding
from xltools.jobs.common import wording
from xltools.recalc.workspace import Workspace
from xltools.rules.unreadable import unreadable_narrative, unreadable_workbook

_LINE = Pair("{path}：{message} [{code}]", "{path}: {message} [{code}]")


def cannot_read(path: Path, error: UnreadableFile, home: Workspace) -> Pair:
    """Return why a workbook cannot be read and what to send instead."""
    return _line(path, unreadable_workbook(error, str(path)), home)


def cannot_read_narrative(path: Path, error: UnreadableFile, home: Workspace) -> Pair:
    """Return the same of a narrative report."""
    return _line(path, unreadable_narrative(error, ""), home)


def _line(path: Path, finding: Finding, home: Workspace) -> Pair:
    message = Pair(*(wording(home, lang).message(finding) for lang in LANGS))
    return _LINE.format(path=path, message=message, code=finding.code)
