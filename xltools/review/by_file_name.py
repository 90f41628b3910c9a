"""Says whose workbook it is when only its file's name can tell: one that cannot be opened still came from somebody."""

from __future__ import annotations

import re
from collections.abc import Sequence

from xltools.findings.report import Checked
from xltools.intake.roster import Department, Roster

_SHORT, _SHORTEST_NAME = 3, 2
"""A code or a name shorter than this is too likely to stand in a file's name by chance."""
_WORD = re.compile("[0-9A-Za-z]+")


def name_unreadable(submissions: Sequence[Checked], roster: Roster | None) -> None:
    """Give every workbook that could not be read the code and name its file's name tells, where it tells just one."""
    for checked in submissions if roster is not None else ():
        if checked.form or checked.code or checked.department or roster is None:
            continue
        line = department_named(checked.file, roster)
        if line is not None:
            checked.code, checked.department = line.code, line.name


def department_named(shown: str, roster: Roster) -> Department | None:
    """Return the one department whose code the file's name carries, or whose name (the longest wins); else its path."""
    name = shown.replace("\\", "/").rpartition("/")[2]
    for text in (name, shown):
        words = frozenset(_WORD.findall(text))
        coded = [d for d in roster.departments if _has_code(text, words, d.code)]
        named = [d for d in roster.departments if len(d.name) >= _SHORTEST_NAME and d.name in text]
        longest = max((len(d.name) for d in named), default=0)
        best = coded or [d for d in named if len(d.name) == longest]
        if best:
            return best[0] if len(best) == 1 else None
    return None


def _has_code(text: str, words: frozenset[str], code: str) -> bool:
    """True when a code stands in a text by itself, not as a part of a longer number."""
    return len(code) >= _SHORT and (code in words if _WORD.fullmatch(code) else code in text)
