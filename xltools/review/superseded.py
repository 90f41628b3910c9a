"""Of several workbooks of one department, says which counts: the newest round, then the date inside, then the file's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from xltools.errors import UnreadableFile
from xltools.findings.finding import Finding
from xltools.findings.report import Report
from xltools.intake.files.discover import Found
from xltools.intake.xlsx.package import Limits, Package
from xltools.rules.intake.cards import OLDER_COPY

_MODIFIED = re.compile(rb"<dcterms:modified[^>]*>\s*([0-9T:.+Z-]{10,40})\s*<")
_BY = {
    "zh": ("轮次较新", "文件内的保存时间较晚", "文件日期较晚", "内容相同，排在前面"),
    "en": ("a newer round", "saved later, as the file says", "a newer file", "the same content, listed first"),
}


def choose(files: Sequence[Found], report: Report, lang: str) -> None:
    """Mark every workbook that a newer one of its department replaces, and say so at it."""
    groups: dict[str, list[int]] = {}
    for index, checked in enumerate(report.submissions):
        if checked.form and (checked.code or checked.department):
            groups.setdefault(checked.owner, []).append(index)
    for group in groups.values():
        if len(group) > 1:
            _mark(group, files, report, lang)


def _mark(group: Sequence[int], files: Sequence[Found], report: Report, lang: str) -> None:
    ages = {i: (report.submissions[i].round, _saved(files[i].path), _dated(files[i].path)) for i in group}
    chosen = max(group, key=lambda i: (*ages[i], -i))
    best = report.submissions[chosen]
    for index in group:
        if index == chosen:
            continue
        older = report.submissions[index]
        if older.sha256 == best.sha256:
            reason = 3
        else:
            reason = next((n for n in range(3) if ages[chosen][n] != ages[index][n]), 3)
        older.superseded = best.file
        message = OLDER_COPY.sentence(lang, chosen=best.file, why=_BY[lang][reason])
        older.findings.append(
            Finding(OLDER_COPY.code, OLDER_COPY.level, "open", older.file, older.department, "", "", "", message)
        )


def _saved(path: Path) -> str:
    """When the program that wrote the workbook says it was saved; "" when it does not."""
    try:
        package = Package(path, Limits())
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
