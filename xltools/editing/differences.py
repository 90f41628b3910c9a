"""What changed between two definitions: added, removed, renamed, weights, levels, formulas, words and the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal, TypeVar

from msgspec import Struct
from msgspec.structs import asdict

from xltools.bilingual import Pair
from xltools.editing import titles
from xltools.editing.values import plain
from xltools.form import model as m

Sort = Literal["added", "removed", "renamed", "weight", "level", "formula", "words", "other"]
SAID: dict[Sort, Pair] = {
    "added": Pair("新增", "added"),
    "removed": Pair("删除", "removed"),
    "renamed": Pair("改名", "renamed"),
    "weight": Pair("分值", "weight"),
    "level": Pair("级别", "level"),
    "formula": Pair("公式", "formula"),
    "words": Pair("文字", "words"),
    "other": Pair("设置", "setting"),
}
"""Kinds of change, what matters most to who fills in the form first."""
FORM, BAND, SHEET, SECTION = (
    Pair("表单", "form"),
    Pair("等级", "grade"),
    Pair("工作表", "sheet"),
    Pair("栏目", "section"),
)
FIELD, TABLE, COLUMN, ROW = (
    Pair("字段", "field"),
    Pair("表格", "table"),
    Pair("列", "column"),
    Pair("指标", "indicator"),
)
RULE, FAMILY = Pair("规则", "rule"), Pair("规则类别", "family")
LIKE = 0.6
"""How alike the titles of a row that went and of one that came must be for a new name."""
_FORMULAS = frozenset({"formula", "left", "right", "op", "when"})
_WORDS = frozenset(
    [
        "title",
        "label",
        "hint",
        "note",
        "name",
        "words",
        "fix",
        "reason",
        "basis",
        "says",
        "brief",
        "before",
        "purpose",
        "steps",
        "legend",
        "deadline",
        "contact",
        "source_note",
        "grid_head",
        "title_en",
        "name_en",
        "words_en",
        "fix_en",
        "says_en",
    ]
)
_SILENT = frozenset({"version", "folder", "digest", "newest", "since", "aliases"})
_PARTS = frozenset({"guide", "sheets", "sections", "fields", "tables", "rules", "bands", "families"})

Item = TypeVar("Item", bound=Struct)


@dataclass(frozen=True)
class Change:
    """One line: what sort of change, of what, its name, which key, before and now."""

    sort: Sort
    what: Pair
    name: str
    key: str = ""
    old: str = ""
    new: str = ""


def changes(old: m.Form, new: m.Form) -> list[Change]:
    """Return everything in which two forms differ, sort by sort."""
    found = [
        *_keys(FORM, new.title, _head(old), _head(new)),
        *_keys(FORM, new.title, asdict(old.guide), asdict(new.guide)),
        *_items(BAND, old.bands, new.bands, "grade"),
        *_items(SHEET, old.sheets, new.sheets, "name"),
        *_items(SECTION, old.sections, new.sections, "name"),
        *_items(FIELD, old.fields, new.fields, "name"),
        *_tables(old, new),
        *_items(FAMILY, old.families, new.families, "letters"),
        *_items(RULE, old.rules, new.rules, "code"),
    ]
    order = list(SAID)
    return sorted(found, key=lambda change: order.index(change.sort))


def _head(form: m.Form) -> dict[str, Any]:
    """What is said of the form as a whole; keys that a definition gains later are among them."""
    return {key: value for key, value in asdict(form).items() if key not in _PARTS}


def _tables(old: m.Form, new: m.Form) -> Iterator[Change]:
    yield from _items(TABLE, old.tables, new.tables, "name", without=("columns", "rows"))
    former = {table.name: table for table in old.tables}
    for table in new.tables:
        if table.name in former:
            before = former[table.name]
            mine, others = (tuple(c for c in t.columns if c.name != m.STATE_COLUMN) for t in (before, table))
            yield from _items(COLUMN, mine, others, "name", prefix=f"{table.name}.")
            yield from _rows(before, table)


def _items(
    what: Pair,
    old: Sequence[Item],
    new: Sequence[Item],
    key: str,
    prefix: str = "",
    without: tuple[str, ...] = (),
) -> Iterator[Change]:
    """Compare entries that a key names; one that goes by a former name of another is that one renamed."""
    before = {str(getattr(item, key)): item for item in old}
    met: set[str] = set()
    for item in new:
        name = str(getattr(item, key))
        known = next((n for n in (name, *getattr(item, "aliases", ())) if n in before and n not in met), None)
        if known is None:
            yield Change("added", what, prefix + name, new=_called(item, name))
            continue
        met.add(known)
        if known != name:
            yield Change("renamed", what, prefix + name, old=known, new=name)
        gone = {key, *without}
        mine, others = ({k: v for k, v in asdict(one).items() if k not in gone} for one in (before[known], item))
        if mine.get("label") == known and others.get("label") == name:
            others["label"] = known
        yield from _keys(what, prefix + _titled(item, name), mine, others)
    yield from (Change("removed", what, prefix + n, old=_called(i, n)) for n, i in before.items() if n not in met)


def _titled(item: Struct, name: str) -> str:
    title = getattr(item, "name", name)
    return f"{name} {title}" if title != name else name


def _called(item: Struct, name: str) -> str:
    return str(next((t for k in ("name", "label", "title") if (t := getattr(item, k, "")) and t != name), ""))


def _keys(what: Pair, name: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    for key in new:
        if key in _SILENT or old.get(key) == new[key]:
            continue
        if key == "cases":
            before, now = (f"{len(one.get(key) or ())} 个" for one in (old, new))
        else:
            before, now = _text(old.get(key)), _text(new[key])
        yield Change(_sort(key), what, name, titles.key_title(key), before, now)


def _sort(key: str) -> Sort:
    if key in _FORMULAS:
        return "formula"
    if key in _WORDS:
        return "words"
    return "level" if key == "level" else "weight" if key in ("total", "low") else "other"


def _rows(old: m.Table, new: m.Table) -> Iterator[Change]:
    """Compare the rows that two definitions give a table: by their key, then those whose titles are alike."""
    before, now = (_by_key(table) for table in (old, new))
    gone, come = ([k for k in one if k not in other] for one, other in ((before, now), (now, before)))
    names = {key: key for key in now if key in before}
    for key in list(come):
        title = _title(new, now[key])
        like = [(SequenceMatcher(None, _title(old, before[k]), title).ratio(), k) for k in gone]
        best = max(like, default=(0.0, ""))
        if best[0] >= LIKE:
            names[key] = best[1]
            gone.remove(best[1])
            come.remove(key)
    for key, row in now.items():
        if key in come:
            yield Change("added", ROW, _title(new, row), new=_weight(new, row))
            continue
        yield from _row(old, new, before[names[key]], row)
    yield from (Change("removed", ROW, _title(old, before[k]), old=_weight(old, before[k])) for k in gone)


def _row(old: m.Table, new: m.Table, before: Mapping[str, Any], row: Mapping[str, Any]) -> Iterator[Change]:
    name, former = _title(new, row), _title(old, before)
    if name != former:
        yield Change("renamed", ROW, name, old=former, new=name)
    for column in dict.fromkeys([*before, *row]):
        one, other = before.get(column), row.get(column)
        if one == other or (column == (new.title_column or new.key_column) and name != former):
            continue
        formula = any(isinstance(cell, str) and cell.startswith("=") for cell in (one, other))
        sort: Sort = "weight" if column == new.weight_column else "formula" if formula else "words"
        yield Change(sort, ROW, name, column, _text(one), _text(other))


def _by_key(table: m.Table) -> dict[str, dict[str, m.Given]]:
    key = table.key_column or table.title_column
    return {str(row.get(key) if key else number): row for number, row in enumerate(table.rows, start=1)}


def _title(table: m.Table, row: Mapping[str, Any]) -> str:
    column = table.title_column or table.key_column
    return plain(row.get(column)) if column else ""


def _weight(table: m.Table, row: Mapping[str, Any]) -> str:
    return f"{plain(row.get(table.weight_column))} 分" if table.weight_column else ""


def _text(value: Any) -> str:
    """A value as it is read, in one line."""
    if isinstance(value, Struct):
        return "，".join(f"{titles.key_title(k)} {_text(v)}" for k, v in asdict(value).items())
    if isinstance(value, dict):
        return "，".join(f"{k} {_text(v)}" for k, v in value.items())
    if isinstance(value, str):
        return " ".join(titles.closed_word(value).split())
    if isinstance(value, Iterable):
        return "；".join(map(_text, value))
    return plain(value)
