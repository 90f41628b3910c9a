"""Says whose workbook it is when only its file's name can tell: one that cannot be opened still came from somebody."""

from __future__ import annotations

import re
from collections.abc import Sequence

from xltools.findings.report import Checked
from xltools.intake.roster import Department, Roster

_SHORT = 3
"""A code shorter than this is too likely to stand in a name by chance."""


def name_unreadable(submissions: Sequence[Checked], roster: Roster | None) -> None:
    """Give every workbook that could not be read the code and name its file's name tells, where it tells just one."""
    for checked in submissions if roster is not None else ():
        if checked.form or checked.code or checked.department or roster is None:
            continue
        line = department_named(checked.file, roster)
        if line is not None:
            checked.code, checked.department = line.code, line.name


def department_named(shown: str, roster: Roster) -> Department | None:
    """Return the one department whose code or name the file's name carries, else its path (the longest name wins)."""
    name = shown.replace("\\", "/").rpartition("/")[2]
    for text in (name, shown):
        found = [d for d in roster.departments if _has_code(text, d.code) or (len(d.name) >= 2 and d.name in text)]
        longest = max((len(d.name) for d in found if d.name in text), default=0)
        best = [d for d in found if _has_code(text, d.code)] or [d for d in found if len(d.name) == longest]
        if found:
            return best[0] if len(best) == 1 else None
    return None


def _has_code(text: str, code: str) -> bool:
    return len(code) >= _SHORT and re.search(rf"(?<![0-9A-Za-z]){re.escape(code)}(?![0-9A-Za-z])", text) is not None
