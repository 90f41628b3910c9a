"""A draft of a form from a notice's table: a skeleton that is data, filled with the indicators that were read."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

from msgspec import Struct

from xltools.bilingual import Pair
from xltools.editing.notice import Column, Notice, Words, rows_of
from xltools.editing.raw import Raw, raw_of
from xltools.editing.values import plain
from xltools.form import shipped_folder
from xltools.form.data_file import read_data

FILE = "draft.toml"
TO_COMPLETE: tuple[tuple[str, Pair], ...] = (
    ("form.id", Pair("暂定的编号，请改成本单位的（也是文件夹名）", "a provisional id: give it your own")),
    ("form.title", Pair("请核对表格名称", "look whether the title is right")),
    ("form.year", Pair("请核对年度", "look whether the year is right")),
    ("guide.deadline", Pair("请填写报送截止日期", "say the deadline")),
    ("guide.contact", Pair("请填写联系人和电话", "say whom to ask")),
)
"""Keys of form.toml that no notice's table gives."""


class Recipe(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where in the skeleton's table the parts of a notice's table go."""

    table: str
    key: str
    weight: str
    score: str
    evidence: str
    evidence_sample: str
    level: tuple[Column, ...]
    text: tuple[Column, ...]
    words: Words


def skeleton() -> Path:
    """Return the folder of the skeleton that comes with the program."""
    return shipped_folder() / "drafts" / "scores"


def recipe() -> Recipe:
    """Return what is written of the skeleton; raise DefinitionError when it is wrong."""
    return read_data(skeleton() / FILE, Recipe)


def drafted(notice: Notice, how: Recipe) -> Raw:
    """Return the definition that a notice's indicators make."""
    raw = copy.deepcopy(raw_of(skeleton()))
    raw.texts.clear()
    head = raw.toml["form.toml"]["form"]
    year = notice.year or int(head["year"])
    head |= {"id": f"draft-{year}", "year": year, "title": notice.title or head["title"]}
    for sheet in raw.toml["form.toml"]["sheet"]:
        if sheet["kind"] == "guide":
            sheet["title"] = head["title"]
    rows = list(rows_of(notice))
    tables = raw.toml["tables.toml"]
    kept = _columns(notice, how)
    dropped = {c.column for c in (*how.level, *how.text)} - set(kept.values())
    tables["column"] = [c for c in tables["column"] if c["name"] not in dropped]
    names = [how.level[level].column for level in notice.levels]
    table = next(t for t in tables["table"] if t["name"] == how.table)
    table |= {"group_columns": names[:-1], "title_column": names[-1], "total": _even(notice.total or 100)}
    if len(names) < 2:
        del table["group_columns"]
    tables["row"] = [
        {"table": how.table, how.key: name}
        | {how.level[level].column: text for level, text in sorted(indicator.levels.items())}
        | indicator.texts
        | {how.weight: _even(indicator.weight)}
        for name, indicator in rows
    ]
    first = {"{key}": rows[0][0], "{weight}": _even(rows[0][1].weight)}
    for rule in raw.toml["rules.toml"]["rule"]:
        for case in rule["cases"]:
            case["values"] = _filled(case["values"], first)
    types = {f["name"]: f["type"] for f in raw.toml["fields.toml"]["field"]}
    dated = {"year": year, "date": f"{year + 1}-03-20"}
    raw.clean = {name: dated.get(types.get(name, ""), value) for name, value in (raw.clean or {}).items()} | {
        how.table: [
            {how.key: name, how.score: _even(indicator.weight), how.evidence: how.evidence_sample}
            for name, indicator in rows
        ]
    }
    return raw


def _columns(notice: Notice, how: Recipe) -> dict[str, str]:
    """The columns of the skeleton that the notice gives."""
    used = [how.level[level].column for level in notice.levels]
    used += [key for indicator in notice.indicators for key in indicator.texts]
    return {name: name for name in used}


def _filled(value: Any, words: dict[str, Any]) -> Any:
    if isinstance(value, dict):
        return {key: _filled(inner, words) for key, inner in value.items()}
    if isinstance(value, list):
        return [_filled(inner, words) for inner in value]
    return words.get(value, value) if isinstance(value, str) else value


def _even(number: float) -> int | float:
    return int(number) if float(number).is_integer() else number


def told(notice: Notice) -> str:
    """Return how many points the indicators have together."""
    return plain(round(sum(i.weight for i in notice.indicators), 6))
