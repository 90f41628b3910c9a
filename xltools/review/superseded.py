"""Of several workbooks of one department, says which counts: the newest round, then the date inside, then the file's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from xltools.errors import UnreadableFile
from xltools.findings.report import GaveWay, Report
from xltools.intake.files.bounds import FileLimits
from xltools.intake.files.input_file import InputFile
from xltools.intake.xlsx.package import Package

_MODIFIED = re.compile(rb"<dcterms:modified[^>]*>\s*([0-9T:.+Z-]{10,40})\s*<")
_ORDER: tuple[GaveWay, ...] = ("round", "saved", "dated")


def choose(files: Sequence[InputFile], report: Report) -> None:
    """Mark every workbook that a newer one of its department replaces, and why."""
    groups: dict[str, list[int]] = {}
    for index, checked in enumerate(report.submissions):
        if checked.form and (checked.code or checked.department):
            groups.setdefault(checked.owner, []).append(index)
    for group in groups.values():
        if len(group) > 1:
            _mark(group, files, report)


def _mark(group: Sequence[int], files: Sequence[InputFile], report: Report) -> None:
    ages = {i: (report.submissions[i].round, _saved(files[i].path), _dated(files[i].path)) for i in group}
    chosen = max(group, key=lambda i: (*ages[i], -i))
    best = report.submissions[chosen]
    for index in group:
        if index == chosen:
            continue
        older = report.submissions[index]
        if older.sha256 == best.sha256:
            older.gave_way_by = "same"
        else:
            differ = (why for n, why in enumerate(_ORDER) if ages[chosen][n] != ages[index][n])
            older.gave_way_by = next(differ, "same")
        older.superseded = best.file


def _saved(path: Path) -> str:
    """When the program that wrote the workbook says it was saved; "" when it does not."""
    try:
        package = Package(path, FileLimits())
        key = package.find("docProps/core.xml")
        content = b"" if key is None else b"".join(package.pieces(key))
    except UnreadableFile:
        return ""
    found = _MODIFIED.search(content)
    return "" if found is None else found[1].decode("ascii")


def _dated(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
