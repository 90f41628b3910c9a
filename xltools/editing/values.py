"""How a value of a definition stands in a cell of 定义.xlsx, and how what somebody typed there is understood."""

from __future__ import annotations

import json
import math
import unicodedata
from typing import Any

from xltools.bilingual import Pair
from xltools.boundary.nearest import nearest
from xltools.editing.parts import Leaf
from xltools.editing.titles import value_of, word, words

Shown = str | int | float | bool | None
EMPTY = "（空）"
"""A text or a list that is given and has nothing in it; a blank cell gives nothing."""
YES, NO = "是", "否"
_TRUE, _FALSE = frozenset({YES, "true", "√", "y", "yes"}), frozenset({NO, "false", "×", "n", "no"})
NOT_YES = Pair("应为“是”或“否”，现为“{text}”", "是 or 否 is expected, not “{text}”")
NO_NUMBER = Pair("应为数字，现为“{text}”", "a number is expected, not “{text}”")
NOT_WHOLE = Pair("应为整数，现为“{text}”", "a whole number is expected, not “{text}”")
NO_WORD = Pair("“{text}”不在允许之列（{list}）{near}", "“{text}” is none of {list}{near}")
NO_PAIR = Pair("“{text}”应写成“名称 = 值”，一行一个", "“{text}” is to be written as “name = value”, one a line")
NO_JSON = Pair("“{text}”的写法不对（应为 JSON）", "“{text}” is no JSON")
SHOWN = 40


class Wrong(ValueError):
    """A cell that cannot be understood."""

    def __init__(self, says: Pair) -> None:
        super().__init__(says.zh)
        self.says = says


def shown(leaf: Leaf, value: Any) -> Shown:
    """Return what a cell shows of a value."""
    match leaf.sort:
        case "closed":
            return word(leaf, value) or EMPTY
        case "boolean":
            return YES if value else NO
        case "texts":
            return "\n".join(item or EMPTY for item in value) or EMPTY
        case "numbers":
            return "、".join(map(_figure, value)) or EMPTY
        case "mapping":
            return "\n".join(f"{_key(k)} = {_inner(v)}" for k, v in value.items()) or EMPTY
        case "other":
            return json.dumps(value, ensure_ascii=False)
    return EMPTY if value == "" else value


def understood(leaf: Leaf, cell: Shown) -> Any:
    """Return the value a cell that is not blank gives; raise Wrong where it gives none."""
    text = plain(cell)
    match leaf.sort:
        case "text":
            return "" if text.strip() == EMPTY else text
        case "closed":
            value = value_of(leaf, "" if text.strip() == EMPTY else text.strip())
            if value is None:
                listed = "、".join(words(leaf))
                says = NO_WORD.format(text=text[:SHOWN], list=listed, near=nearest(text.strip(), words(leaf)))
                raise Wrong(says)
            return value
        case "boolean":
            return _truth(text)
        case "integer" | "number":
            return _number(cell, whole=leaf.sort == "integer")
        case "texts":
            return [] if text.strip() == EMPTY else [_item(line) for line in text.splitlines() if line.strip()]
        case "numbers":
            return [] if text.strip() == EMPTY else [_number(n, whole=False) for n in _split(text)]
        case "mapping":
            return {} if text.strip() == EMPTY else dict(_pair(n) for n in text.splitlines() if n.strip())
        case "given":
            return "" if text.strip() == EMPTY else cell
    return _json(text)


def plain(cell: Shown) -> str:
    """Return a cell's value as a text; a whole number has no decimals."""
    if isinstance(cell, bool):
        return YES if cell else NO
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return "" if cell is None else str(cell).replace("\r\n", "\n").replace("\r", "\n")


def as_number(cell: Shown) -> int | float | None:
    """Return a cell's number, whole where it is; None where it is none."""
    if isinstance(cell, str):
        text = unicodedata.normalize("NFKC", cell).strip().replace(",", "")
        try:
            cell = float(text) if text and "_" not in text else None
        except ValueError:
            return None
    if isinstance(cell, bool) or cell is None or isinstance(cell, str) or not math.isfinite(cell):
        return None
    return int(cell) if float(cell).is_integer() and abs(cell) < 1e15 else cell


def _number(cell: Shown, whole: bool) -> int | float:
    number = as_number(cell)
    if number is None or (whole and not isinstance(number, int)):
        raise Wrong((NOT_WHOLE if whole and number is not None else NO_NUMBER).format(text=plain(cell)[:SHOWN]))
    return number


def _truth(text: str) -> bool:
    said = text.strip().lower()
    if said not in _TRUE | _FALSE:
        raise Wrong(NOT_YES.format(text=text[:SHOWN]))
    return said in _TRUE


def _item(line: str) -> str:
    return "" if line.strip() == EMPTY else line.strip()


def _split(text: str) -> list[str]:
    for mark in "，,；;\n":
        text = text.replace(mark, "、")
    return [part for part in text.split("、") if part.strip()]


def _figure(number: float) -> str:
    return plain(number) if isinstance(number, float) else str(number)


def _key(key: str) -> str:
    return json.dumps(key, ensure_ascii=False) if "=" in key or key.startswith('"') or key != key.strip() else key


def _inner(value: Any) -> str:
    """A value behind its name: a text as it is, unless it would be read as something else."""
    if isinstance(value, str) and value and value == value.strip() and "\n" not in value and value != EMPTY:
        try:
            _json(value)
        except Wrong:
            return value
    return json.dumps(_even(value), ensure_ascii=False)


def _even(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() and abs(value) < 1e15 else value


def _pair(line: str) -> tuple[str, Any]:
    line = line.strip()
    if line.startswith('"'):
        try:
            key, end = json.JSONDecoder().raw_decode(line)
        except ValueError:
            raise Wrong(NO_PAIR.format(text=line[:SHOWN])) from None
        mark, value = line[end:].strip()[:1], line[end:].strip()[1:]
    else:
        key, mark, value = line.partition("=")
        key = key.strip()
    if not mark or not isinstance(key, str) or not key:
        raise Wrong(NO_PAIR.format(text=line[:SHOWN]))
    try:
        return key, _json(value.strip())
    except Wrong:
        return key, value.strip()


def _json(text: str) -> Any:
    try:
        return json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise Wrong(NO_JSON.format(text=text[:SHOWN])) from None


def _refuse(name: str) -> Any:
    raise ValueError(name)
