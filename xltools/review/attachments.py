"""Says which department a narrative belongs to: by its file's name, else by the only workbook beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from xltools.findings.report import Checked
from xltools.intake.files.input_file import SetAside
from xltools.intake.files.names import folder_of
from xltools.intake.roster import Roster

_SHORT = 3
"""A code shorter than this is too likely to stand in a name by chance."""


def attributed(aside: Sequence[SetAside], submissions: Sequence[Checked], roster: Roster | None) -> list[SetAside]:
    """Return what was set aside, each narrative with its department where that can be told."""
    known = {(s.code, s.department): s for s in submissions if s.form}
    people = list(known)
    if roster is not None:
        people += [(d.code, d.name) for d in roster.departments if (d.code, d.name) not in known]
    neighbours: dict[str, set[tuple[str, str]]] = {}
    for checked in submissions:
        if checked.form:
            neighbours.setdefault(folder_of(checked.file), set()).add((checked.code, checked.department))
    found = []
    for item in aside:
        if item.reason == "narrative":
            owner = _owner(item.shown, people, neighbours)
            item = item if owner is None else replace(item, code=owner[0], department=owner[1])
        found.append(item)
    return found


def _owner(
    shown: str, people: Sequence[tuple[str, str]], neighbours: dict[str, set[tuple[str, str]]]
) -> tuple[str, str] | None:
    """The one department whose code or name the path carries (the longest name wins), else the only one beside it."""
    name = shown[len(folder_of(shown)) :]
    for text in (name, shown):
        named = [p for p in people if (len(p[0]) >= _SHORT and p[0] in text) or (len(p[1]) >= 2 and p[1] in text)]
        if named:
            longest = max(len(p[1]) for p in named)
            best = [p for p in named if len(p[1]) == longest]
            return best[0] if len(best) == 1 else None
    beside = neighbours.get(folder_of(shown), set())
    return next(iter(beside)) if len(beside) == 1 else None
