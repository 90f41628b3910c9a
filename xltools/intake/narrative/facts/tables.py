"""Tables as sentences: a row's label, the columns' heads and the unit make the figures of a table readable as text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_HEADS = re.compile(r"预算|决算|执行|支出|收入|金额|上年|本年|合计|全年|实际|数额")
_LABEL = re.compile(r"项目|科目|指标|名称|内容|类别|支出功能")
_UNIT = re.compile(r"单位[：:]\s{0,3}(?:人民币)?(?P<unit>亿元|万元|千元|元)")
_VALUE = re.compile(r"-?\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,6})?|-?\d{1,12}(?:\.\d{1,6})?")
_TOTAL = re.compile(r"^合\s{0,4}计$|^总\s{0,4}计$")
_THREE = re.compile("三公")
_BETWEEN = re.compile(r"\s{0,3}[|｜│]\s{0,3}")
_FEWEST_ROWS, _FEWEST_LISTED = 2, 4
_OWN_UNIT = re.compile(r"[（(](?P<unit>亿元|万元|千元|元)[）)]\s{0,2}$")
_CLOSES = re.compile(r"合\s{0,4}计$|总\s{0,4}计$")
_NESTED = re.compile(r"其中|小计|^\s|^[（(][一二三四五六七八九十\d]|\d\.\d")


def cells_of(line: str) -> list[str]:
    """Return a line's cells when bars part it (公务接待费 | 35.00 | 26.4), else nothing."""
    if line.count("|") + line.count("｜") + line.count("│") < 1:
        return []
    return [cell.strip() for cell in _BETWEEN.split(line[:400])]


def table_sentences(rows: Sequence[Sequence[str]], unit: str, title: str) -> Iterator[str]:
    """Yield a sentence for each row of a table whose first row names columns of amounts: 公务接待费预算数35.00万元，决算数26.4万元。"""
    for row in rows:
        yield from _pairs(row)
    if len(rows) < _FEWEST_ROWS or not unit:
        return
    yield from _closing_total(rows, unit)
    heads = ["".join(cell.split()) for cell in rows[0]]
    columns = [i for i, head in enumerate(heads) if i and _HEADS.search(head) and len(head) <= 12]
    if not columns or not (_LABEL.search(heads[0]) or heads[0] == ""):
        return
    for row in rows[1:]:
        label = "".join(row[0].split()) if row else ""
        label = re.sub(r"^(?:其中[：:]|[\d一二三四五六七八九十]{1,2}[、.．]|（[\d一二三四五六七八九十]）)", "", label)
        if _TOTAL.match(label):
            label = "三公经费合计" if _THREE.search(title) else ""
        told = [(heads[i], row[i].strip()) for i in columns if i < len(row) and _VALUE.fullmatch(row[i].strip())]
        if label and told:
            yield label + "，".join(f"{head}{value}{unit}" for head, value in told) + "。"


def _pairs(row: Sequence[str]) -> Iterator[str]:
    """Yield a row of labels and values by turns (实际到位（万元） | 170 | 结余（万元） | 0), the unit in the label, as a sentence."""
    labels, values = row[::2], row[1::2]
    told = [(_OWN_UNIT.search(label), value) for label, value in zip(labels, values, strict=False)]
    if len(told) >= _FEWEST_ROWS and all(unit and _VALUE.fullmatch(value) for unit, value in told):
        yield "，".join(f"{unit.string[: unit.start()]}{value}{unit['unit']}" for unit, value in told if unit) + "。"


def _closing_total(rows: Sequence[Sequence[str]], unit: str) -> Iterator[str]:
    """Yield the last row's 合计 with what stands above it, where the rows are of one level."""
    last = rows[-1]
    if (
        len(rows) < _FEWEST_LISTED
        or not last
        or not _CLOSES.search(last[0])
        or any(_NESTED.search(r[0]) for r in rows if r)
    ):
        return
    for column in range(1, len(last)):
        values = [row[column].strip() if column < len(row) else "" for row in rows]
        listed = [(row[0], value) for row, value in zip(rows[:-1], values[:-1], strict=True) if _VALUE.fullmatch(value)]
        if len(listed) >= _FEWEST_ROWS and _VALUE.fullmatch(values[-1]) and not any(map(_CLOSES.search, dict(listed))):
            parts = "；".join(f"{label}{value}{unit}" for label, value in listed)
            yield f"{last[0]}{values[-1]}{unit}，其中：{parts}。"


def unit_of(line: str) -> str:
    """Return the unit a line above a table names (单位：万元), or ""."""
    found = _UNIT.search(line[:200])
    return found["unit"] if found else ""
