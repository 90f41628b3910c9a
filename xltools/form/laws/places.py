"""How the laws name a place of a definition, and the one law they share: a name that is used is defined."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from xltools.bilingual import Pair
from xltools.boundary.nearest import nearest
from xltools.boundary.walk import Fault

FIELD, COLUMN, SHEET, SECTION = (
    Pair("字段", "field"),
    Pair("列", "column"),
    Pair("工作表", "sheet"),
    Pair("栏目", "section"),
)
NUMERIC, TABLE, BLOCK = Pair("数字项", "numeric field"), Pair("表格", "table"), Pair("栏目或表格", "section or table")
STATE, CHOICE, INPUT = Pair("状态", "state"), Pair("可选项", "choice"), Pair("填报项", "input")


def place(file: str, kind: str, name: str = "", key: str = "") -> str:
    """Return the place of an entry: `fields.toml · field “执行数”.type`."""
    return f"{file} · {kind}" + (f" “{name}”" if name else "") + (f".{key}" if key else "")


def known(where: str, word: str, words: Iterable[str], what: Pair) -> Iterator[Fault]:
    """Yield the fault of a word that is none of `words`, with the nearest."""
    listed = list(words)
    if word not in listed:
        says = Pair("没有名为“{word}”的{what}{near}", "there is no {what} “{word}”{near}")
        yield Fault(where, says.format(word=word, what=what, near=nearest(word, listed)))
