"""What Excel cannot hold: where it would lose something in silence, the consolidated workbook splits or cuts aloud."""

from __future__ import annotations

from dataclasses import dataclass

from xltools.bilingual import Pair
from xltools.errors import UsageError
from xltools.writing.consolidated.names import fitted
from xltools.writing.consolidated.plan import Grid

_TOO_LONG = Pair(
    "“{name}”有 {rows} 行，超过一张工作表的 {most} 行；请用 --by-unit 按归口科室分开汇总",
    "“{name}” has {rows} rows, more than the {most} of a sheet; divide it by offices with --by-unit",
)


@dataclass(frozen=True, slots=True)
class ExcelLimits:
    """Excel's own limits; tests lower them."""

    rows: int = 1_048_576
    text: int = 32_767
    links: int = 65_530
    name: int = 31


EXCEL = ExcelLimits()


def split(grid: Grid, head: int, limits: ExcelLimits) -> list[Grid]:
    """Return a sheet in as many parts as its rows need; `head` rows stand above the data of each."""
    room = limits.rows - head
    if grid.rows <= room:
        return [grid]
    if grid.totals:
        raise UsageError(_TOO_LONG.format(name=grid.name, rows=grid.rows, most=limits.rows))
    count = -(-grid.rows // room)
    parts = []
    for number in range(1, count + 1):
        mark = f"（{number}）"
        name = fitted(grid.name, limits.name - len(mark)) + mark
        part = f"共 {grid.rows} 行，超过一张工作表的行数，分为 {count} 张，这是第 {number} 张。"
        parts.append(grid.piece((number - 1) * room, number * room, name, part))
    return parts


def cut(text: str, limits: ExcelLimits) -> str:
    """Return a text that fits into a cell; what is left out is said at its end."""
    if len(text) <= limits.text:
        return text
    tail = f"……（原文 {len(text)} 字，超过单元格上限，此处截断）"
    return text[: max(0, limits.text - len(tail))] + tail
