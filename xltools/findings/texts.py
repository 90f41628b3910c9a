"""How figures, contents and cells are written in texts: thousands separators, units, quotes, no programmer's words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from xltools.bilingual import Lang, Pair
from xltools.form.address import a1, parse_a1
from xltools.form.model import Level
from xltools.json_text import UNSEEN

SHORT, RUNS = 40, 8
"""Characters of a quoted text, and runs of cells, that a message shows."""
BLANK, YES, NO = Pair("空", "blank"), Pair("是", "yes"), Pair("否", "no")
LEVEL_SAID: dict[Level, Pair] = {
    "error": Pair("错误", "error"),
    "confirm": Pair("核实", "to confirm"),
    "notice": Pair("提示", "notice"),
}
STATUS_SAID: dict[str, Pair] = {
    "passed": Pair("通过", "passed"),
    "confirm": Pair("待核实", "to confirm"),
    "failed": Pair("有错误", "errors"),
    "unreadable": Pair("打不开", "unreadable"),
}


def figure(value: object, decimals: int = 2, unit: str = "", lang: Lang = "zh") -> str:
    """Return a number as accountants write it: 1,250.18 万元; 95.53%; texts as they are, in quotes."""
    if value is None or value == "":
        return BLANK.text(lang)
    if isinstance(value, bool):
        return (YES if value else NO).text(lang)
    if isinstance(value, int | float):
        text = f"{value:,.{decimals}f}" if decimals else f"{value:,.0f}" if float(value).is_integer() else f"{value:,g}"
        gap = "" if unit in ("", "%") else " "
        return f"{text}{gap}{unit}"
    if isinstance(value, date):
        return value.isoformat()
    return quoted(str(value))


def as_typed(value: object) -> str:
    """Return what stands in a cell in quotes, in its shortest exact form, cut when it is long."""
    if isinstance(value, float):
        return quoted(repr(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value))
    return quoted(str(value))


_SILENT = re.compile(f"[{UNSEEN}\ufffe\uffff]")


def inert(text: str) -> str:
    """Return a text on one line, without what a terminal acts upon, what turns its direction, what no file holds."""
    return _SILENT.sub("", " ".join(text.splitlines()))


def quoted(text: str) -> str:
    """Return a text in quotes on one line, cut to a readable length."""
    flat = inert(" ".join(text.split()))
    return f"“{flat[:SHORT]}…”" if len(flat) > SHORT else f"“{flat}”"


def cell_runs(cells: Sequence[str], most: int = RUNS) -> str:
    """Return cells with runs in one column folded: E5:E10, E12; of more than `most` runs only so many."""
    runs: list[list[tuple[int, int]]] = []
    for cell in cells:
        place = parse_a1(cell)
        if place is None:
            continue
        if runs and runs[-1][-1] == (place[0] - 1, place[1]):
            runs[-1].append(place)
        else:
            runs.append([place])
    shown = [a1(*r[0]) if len(r) == 1 else f"{a1(*r[0])}:{a1(*r[-1])}" for r in runs[:most]]
    return ", ".join(shown) + (" …" if len(runs) > most else "")


def day_said(day: date) -> Pair:
    """Return a date as a letter or a cover says it."""
    return Pair(f"{day.year} 年 {day.month} 月 {day.day} 日", day.isoformat())
