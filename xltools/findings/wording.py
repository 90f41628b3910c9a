"""How figures and contents are said in messages: thousands separators, units, no programmer's words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from xltools.form.address import a1, parse_a1

SHORT, RUNS = 40, 8
"""Characters of a quoted text, and runs of cells, that a message shows."""


def figure(value: object, decimals: int = 2, unit: str = "") -> str:
    """Return a number as accountants write it: 1,250.18 万元; 95.53%; texts as they are, in quotes."""
    if value is None or value == "":
        return "空"
    if isinstance(value, bool):
        return "是" if value else "否"
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


_SILENT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff\ufffe\uffff]"
)


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


LEVEL_EN = {"error": "error", "confirm": "to confirm", "notice": "notice"}
STATUS_WORDS = {
    "zh": {"passed": "通过", "confirm": "待核实", "failed": "有错误", "unreadable": "打不开"},
    "en": {"passed": "passed", "confirm": "to confirm", "failed": "errors", "unreadable": "unreadable"},
}
HABIT_WORDS = {
    "zh": {
        "text": "数字按文本存放",
        "fullwidth": "全角数字",
        "thousands": "千分位逗号",
        "unit": "带单位",
        "percent": "带百分号",
        "spaces": "多余空格或全角符号",
        "currency": "带货币符号",
        "scaled": "换算了单位",
        "chinese": "中文数字",
        "parentheses": "括号表示负数",
        "sign": "正负号写法",
    },
    "en": {
        "text": "number stored as text",
        "fullwidth": "full-width digits",
        "thousands": "thousands separators",
        "unit": "unit typed in the cell",
        "percent": "percent sign",
        "spaces": "stray spaces or wide signs",
        "currency": "currency sign",
        "scaled": "other unit, converted",
        "chinese": "Chinese numerals",
        "parentheses": "negative in brackets",
        "sign": "unusual sign",
    },
}
