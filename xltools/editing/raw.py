"""A definition's files as plain data: read from its folder, written as TOML by one writer."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.items import Item

from xltools.boundary.read import read_object, read_text, read_toml
from xltools.boundary.walk import Fault
from xltools.editing.parts import SHAPES, Part, parts
from xltools.errors import DefinitionError
from xltools.form.loader import BASE_CASE, refuse

LONG_LIST = 90
"""Characters beyond which a list is written an item a line."""
_TEXTS = (".toml", ".txt")


@dataclass
class Raw:
    """What the files hold: those of known shape, the clean filling, the others as text."""

    toml: dict[str, dict[str, Any]] = field(default_factory=dict)
    clean: dict[str, Any] | None = None
    texts: dict[str, str] = field(default_factory=dict)

    def columns_of(self, table: str, rows: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
        """Return the columns that rows of a table use, in the table's order."""
        used = dict.fromkeys(key for row in rows for key in row)
        known = [c.get("name") for c in self.toml.get("tables.toml", {}).get("column", ()) if c.get("table") == table]
        return (*(str(name) for name in known if name in used), *(key for key in used if key not in known))


def raw_of(folder: Path) -> Raw:
    """Read the files of a definition that was loaded before. Raises DefinitionError for those that loading does not read."""
    found: list[Fault] = []
    raw = Raw({name: read_toml(folder / name)[0] for name in SHAPES if (folder / name).is_file()})
    if (folder / BASE_CASE).is_file():
        raw.clean, found = read_object(folder / BASE_CASE)
    for path in sorted(folder.iterdir()):
        if (
            path.is_file()
            and path.suffix in _TEXTS
            and path.name not in SHAPES
            and not path.name.startswith((".", "~"))
        ):
            raw.texts[path.name], wrong = read_text(path)
            found += wrong
    if found:
        raise DefinitionError(refuse(folder, found))
    return raw


def owner_name(item: Mapping[str, Any]) -> str:
    """Return what an entry is called where another sheet speaks of it: its code or name, a column by its table."""
    table = item.get("table")
    name = next((v for k in ("code", "name", "letters", "field", "id") if isinstance(v := item.get(k), str)), "")
    name = name or next((v for v in item.values() if isinstance(v, str)), "")
    return f"{table}.{name}" if isinstance(table, str) and "code" not in item else name


def files_of(raw: Raw) -> dict[str, str]:
    """Return the text of every file of a definition."""
    found = {name: toml_text(name, data, raw) for name, data in raw.toml.items()}
    if raw.clean is not None:
        found[BASE_CASE] = json.dumps(_even(raw.clean), ensure_ascii=False, indent=1) + "\n"
    return found | raw.texts


def toml_text(name: str, data: Mapping[str, Any], raw: Raw) -> str:
    """Return a file as it is written whoever wrote it: keys in the order of the structures, no comments."""
    document = tomlkit.document()
    known = [part for part in parts(name) if part.owner is None]
    for key, value in data.items():
        if not any(part.path == (key,) for part in known) and not _rows(value):
            document.add(key, _item(_even(value)))
    for part in known:
        if part.path and part.many:
            entries = [_ordered(item, part) for item in data.get(part.kind, ())]
            _add_entries(document, part.kind, entries)
        elif part.path and part.kind in data:
            document.add(part.kind, _table(_ordered(data[part.kind], part)))
    for key, value in data.items():
        if not any(part.path == (key,) for part in known) and _rows(value):
            _add_entries(document, key, _in_order_of_columns(value, raw))
    return tomlkit.dumps(document)


def _rows(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)


def _in_order_of_columns(rows: list[dict[str, Any]], raw: Raw) -> list[dict[str, Any]]:
    orders = {t: ("table", *raw.columns_of(str(t), rows)) for t in {str(row.get("table")) for row in rows}}
    return [{k: row[k] for k in orders[str(row.get("table"))] if k in row} for row in rows]


def _ordered(item: Mapping[str, Any], part: Part) -> dict[str, Any]:
    """The keys of an entry as its structure lists them; an inner list without entries is left out."""
    inner = [p for p in parts(part.file) if p.owner == part]
    order = dict.fromkeys([*(leaf.path[0] for leaf in part.leaves), *(p.kind for p in inner)])
    found = {key: item[key] for key in (*order, *(k for k in item if k not in order)) if key in item}
    for child in inner:
        if child.kind in found:
            found[child.kind] = [_ordered(one, child) for one in found[child.kind]]
            if not found[child.kind]:
                del found[child.kind]
    return found


def _add_entries(document: tomlkit.TOMLDocument, key: str, entries: list[dict[str, Any]]) -> None:
    if entries:
        array = tomlkit.aot()
        for entry in entries:
            array.append(_table(entry))
        document.add(key, array)


def _table(entry: Mapping[str, Any]) -> Item:
    table = tomlkit.table()
    for key, value in entry.items():
        table.add(key, _item(_even(value)))
    return table


def _item(value: Any) -> Item:
    if isinstance(value, str):
        literal = ('"' in value or "\\" in value) and not any(ch == "'" or (ch < " " and ch != "\t") for ch in value)
        return tomlkit.string(value, literal=literal)
    if isinstance(value, list):
        items = [_item(item) for item in value]
        array = tomlkit.array()
        array.extend(items)
        array.multiline(any(isinstance(v, dict) for v in value) or len(array.as_string()) > LONG_LIST)
        return array
    if isinstance(value, dict):
        table = tomlkit.inline_table()
        for key, inner in value.items():
            table.add(key, _item(inner))
        return table
    item: Item = tomlkit.item(value)
    return item


def _even(value: Any) -> Any:
    """A value whose whole numbers are written as such, however they came."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    if isinstance(value, list):
        return [_even(item) for item in value]
    if isinstance(value, dict):
        return {key: _even(item) for key, item in value.items()}
    return value
