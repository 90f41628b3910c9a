"""On which paper a sheet is printed: as small a sheet as holds it in readable letters, broken between groups if none does."""

from __future__ import annotations

from dataclasses import dataclass

from xltools.writing.consolidated.headers import column_width
from xltools.writing.consolidated.plan import Grid, GridColumn

A4, A3 = 9, 8
PORTRAIT, LANDSCAPE, LARGE = 537.0, 780.0, 1132.0
"""Points across A4 upright, A4 lying and A3 lying, within our margins."""
CHARACTER, GAP = 6.6, 4.0
"""Points a column takes for a character of width, and besides: as the widest of the programs that print it."""
SMALLEST, BROKEN = 55, 65
"""The scale under which nobody reads a page, and the scale of a sheet that is broken over several."""


@dataclass(frozen=True, slots=True)
class Paper:
    """Paper, its side, the scale; `breaks` are the columns before which a page ends (none: one page wide)."""

    size: int
    lying: bool
    scale: int
    breaks: tuple[int, ...] = ()


def paper_for(grid: Grid) -> Paper:
    """Return the paper of a sheet."""
    total = sum(map(_points, grid.columns))
    if grid.portrait and total * SMALLEST / 100 <= PORTRAIT:
        return Paper(A4, False, _scale(PORTRAIT, total))
    if total * 0.7 <= LANDSCAPE:
        return Paper(A4, True, _scale(LANDSCAPE, total))
    if total * SMALLEST / 100 <= LARGE:
        return Paper(A3, True, _scale(LARGE, total))
    return Paper(A3, True, BROKEN, tuple(_breaks(grid, LARGE * 100 / BROKEN)))


def _points(column: GridColumn) -> float:
    return column_width(column) * CHARACTER + GAP


def _scale(room: float, total: float) -> int:
    return min(100, int(room / total * 100)) if total else 100


def _breaks(grid: Grid, room: float) -> list[int]:
    """Return where pages end: before a group that no longer fits, within one only where it is wider than a page."""
    columns = grid.columns
    kept = sum(_points(c) for c in columns[: grid.keep])
    breaks: list[int] = []
    used, at = kept, grid.keep
    while at < len(columns):
        end = at
        while end + 1 < len(columns) and columns[end + 1].group == columns[at].group:
            end += 1
        block = sum(_points(c) for c in columns[at : end + 1])
        if used > kept and used + block > room and block <= room - kept:
            breaks.append(at)
            used = kept
        for step in range(at, end + 1):
            if used > kept and used + _points(columns[step]) > room:
                breaks.append(step)
                used = kept
            used += _points(columns[step])
        at = end + 1
    return breaks
