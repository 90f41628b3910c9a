"""Finds where a sheet's lines stand when its fixed texts moved but its names did not (a script inserted rows)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher

from xltools.form.layout import bare_label
from xltools.intake.xlsx.model import Sheet

MOST_LINES = 2_000
"""Lines of the sender's that are compared; a sheet repeats a label that often only to be slow."""
STRAY = 2
"""Fixed texts that must be missing from their places before a sheet's names are doubted: one may have been reworded."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """Template row → the sender's row, template column → the sender's column, for the lines that were recognised."""

    rows: dict[int, int]
    columns: dict[int, int]

    def row(self, line: int) -> int | None:
        """Return where a template row stands: known, or between two known rows that moved alike."""
        if line in self.rows:
            return self.rows[line]
        before = max((k for k in self.rows if k < line), default=None)
        after = min((k for k in self.rows if k > line), default=None)
        shifts = {self.rows[k] - k for k in (before, after) if k is not None}
        return line + shifts.pop() if len(shifts) == 1 else None

    def column(self, line: int) -> int:
        """Return where a template column stands: known, or as its nearest known neighbour to the left moved."""
        if line in self.columns:
            return self.columns[line]
        before = max((k for k in self.columns if k < line), default=None)
        return line if before is None else line + self.columns[before] - before


def strays(texts: list[tuple[int, int, str]], sheet: Sheet) -> bool:
    """True when too many fixed texts are not where the template has them."""
    cells = sheet.cells
    missing = 0
    for row, column, text in texts:
        cell = cells.get((row, column))
        if cell is None or (cell.value != text and bare_label(cell.value) != text):
            missing += 1
            if missing >= STRAY:
                return True
    return False


def align(texts: list[tuple[int, int, str]], sheet: Sheet) -> Alignment:
    """Align a template sheet's rows and columns with the sender's by their fixed texts."""
    ours: dict[int, list[tuple[int, str]]] = {}
    for row, column, text in texts:
        ours.setdefault(row, []).append((column, text))
    known = {text for _, _, text in texts}
    theirs: dict[int, list[tuple[int, str]]] = {}
    for (row, column), cell in sorted(sheet.cells.items()):
        text = bare_label(cell.value)
        if cell.formula is None and text in known:
            theirs.setdefault(row, []).append((column, text))
    our_rows, their_rows = list(ours), list(theirs)[:MOST_LINES]
    matcher = SequenceMatcher(
        None, [ours[r][0][1] for r in our_rows], [theirs[r][0][1] for r in their_rows], autojunk=False
    )
    rows: dict[int, int] = {}
    votes: dict[int, Counter[int]] = {}
    for block in matcher.get_matching_blocks():
        for offset in range(block.size):
            mine, other = our_rows[block.a + offset], their_rows[block.b + offset]
            rows[mine] = other
            places = {text: column for column, text in reversed(theirs[other])}
            for column, text in ours[mine]:
                if text in places:
                    votes.setdefault(column, Counter())[places[text]] += 1
    return Alignment(rows, {column: count.most_common(1)[0][0] for column, count in votes.items()})
