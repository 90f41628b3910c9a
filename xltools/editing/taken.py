"""Takes a definition's data from the pages of 定义.xlsx, and knows at which cell each key of each entry stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from xltools.bilingual import Pair
from xltools.boundary.nearest import nearest
from xltools.boundary.walk import Fault
from xltools.editing import titles
from xltools.editing.draft import OWNER, Draft, Page, Placed
from xltools.editing.parts import SHAPES, Leaf, Part
from xltools.editing.problem import Problem
from xltools.editing.raw import Raw, owner_name
from xltools.editing.values import Wrong, as_number, plain, understood
from xltools.form.loader import BASE_CASE, FILES
from xltools.form.model import NUMERIC_TYPES

Where = tuple[str, int, int]
_NO_OWNER = Pair("没有名为“{name}”的{what}{near}", "there is no {what} “{name}”{near}")
_NO_NAME = Pair("没有写明用在哪里", "it does not say where this belongs")
_TWICE = Pair("“{name}”的{what}写了两次", "the {what} of “{name}” stands twice")
_TABLE, _COLUMN = Pair("表格", "table"), Pair("列", "column")
_NO_FILE = Pair(
    "“{name}”不能是文件名：只用字母、数字、- 和 _，以 .toml 或 .txt 结尾，不与定义的各文件同名",
    "“{name}” is no name of a file here: letters, digits, - and _, ending with .toml or .txt, none of the definition's",
)
_NO_KEY = Pair("没有“{name}”这一项{near}", "there is no entry “{name}”{near}")
_KEY_TWICE = Pair("“{name}”写了两次", "“{name}” stands twice")
_FILE = re.compile(r"[A-Za-z0-9_-]{1,60}\.(toml|txt)")
_STEP = re.compile(r"\.?([^.\[\s“]+)(?:\[(\d+)\])?(?: “(.*?)”(?=\.|$))?")


@dataclass
class Entry:
    """One entry of a file: its data, and the cell of each of its keys."""

    part: Part | None
    item: dict[str, Any]
    home: Where
    names: tuple[str, ...] = ()
    cells: dict[str, Where] = field(default_factory=dict)
    inner: dict[str, list[Entry]] = field(default_factory=dict)

    def where(self, steps: list[tuple[str, int]]) -> Where:
        """Return the cell of a key below this entry, the nearest that is known."""
        names = [name for name, _ in steps]
        for length in (2, 1):
            if (at := self.cells.get(".".join(names[:length]))) is not None:
                return at
        if names and names[0] in self.inner:
            number = steps[0][1]
            if 0 < number <= len(self.inner[names[0]]):
                return self.inner[names[0]][number - 1].where(steps[1:])
        return self.home


class Taken:
    """What the pages give: `raw` the data, `found` what could not be understood, `failed` at which cells."""

    def __init__(self, draft: Draft) -> None:
        self.raw = Raw({name: {} for name in FILES})
        self.found: list[Problem] = []
        self.failed: set[Where] = set()
        self.entries: dict[str, dict[str, list[Entry]]] = {name: {} for name in SHAPES}
        self.titles: dict[tuple[str, str], Where] = {}
        self.clean_cells: dict[str, Where] = {}
        self.clean_rows: dict[str, list[Entry]] = {}
        placed = [(page, p) for page in draft.values() for p in page.placed]
        for mode in ("record", "list", "inner", "moved", "rows", "clean", "clean_rows", "texts"):
            for page, block in placed:
                if block.block.mode == mode:
                    getattr(self, f"_{mode}")(page, block)
        for file in SHAPES:
            for kind in ("field", "column"):
                for entry in self.entries[file].get(kind, ()):
                    _number_given(entry.item, ("constant", "default"), entry.item.get("type"))
        self._gather()

    def say(self, where: Where, says: Pair) -> None:
        """Note what is wrong at a cell."""
        self.failed.add(where)
        self.found.append(Problem(*where, says))

    def where(self, fault: Fault) -> Where | None:
        """Return the cell of a fault of the loader or of a law; None where it has none."""
        file, _, rest = fault.place.partition(" · ")
        if file == BASE_CASE:
            return self._clean_where(rest, fault.says.zh)
        steps = [(m[1], int(m[2] or 0), m[3] or "") for m in _STEP.finditer(rest)]
        if file not in SHAPES or not steps:
            return None
        kind, number, name = steps[0]
        entry = self._entry(file, kind, number, name)
        if entry is None:
            return self.titles.get((file, kind))
        return entry.where([(key, inner) for key, inner, _ in steps[1:]])

    def _clean_where(self, rest: str, says: str) -> Where | None:
        """The cell of a value of the clean filling, of one of its rows, or of the name that a message speaks of."""
        step = _STEP.match(rest)
        name = step[1] if step is not None else (re.search("“(.*?)”", says) or ["", ""])[1]
        rows = self.clean_rows.get(name, [])
        number = int(step[2] or 0) if step is not None else 0
        if step is not None and 0 < number <= len(rows):
            keys = [(match[1], 0) for match in _STEP.finditer(rest[step.end() :])]
            return rows[number - 1].where(keys)
        return self.clean_cells.get(name) or self.titles.get((BASE_CASE, name))

    def entry_of(self, fault: Fault) -> Entry | None:
        """Return the entry that a fault speaks of."""
        match = _STEP.match(fault.place.partition(" · ")[2])
        file = fault.place.partition(" · ")[0]
        return (
            None if match is None or file not in SHAPES else self._entry(file, match[1], int(match[2] or 0), match[3])
        )

    def _entry(self, file: str, kind: str, number: int, name: str | None) -> Entry | None:
        known = self.entries[file].get(kind, [])
        if 0 < number <= len(known):
            return known[number - 1]
        if len(known) == 1 and known[0].part is not None and not known[0].part.many:
            return known[0]
        named = [entry for entry in known if name and name in entry.names]
        return named[-1] if named else None

    def _lines(self, page: Page, placed: Placed) -> Iterator[tuple[int, dict[str, Any], Entry]]:
        """Yield each line that is not blank: its row, what its cells give, and an entry that knows its cells."""
        part = placed.block.part
        for row in range(placed.first, placed.last + 1):
            given = {c: page.cells[row, c] for c in placed.columns if (row, c) in page.cells}
            if not given:
                continue
            cells = {leaf.name: (page.name, row, column) for column, leaf in placed.columns.items()}
            home = cells.get(OWNER.name) or (page.name, row, min(given))
            entry = Entry(part, {}, home, cells=cells)
            for column, leaf in placed.columns.items():
                if column in given:
                    self._set(entry, leaf, given[column])
            yield row, entry.item, entry

    def _set(self, entry: Entry, leaf: Leaf, cell: Any) -> None:
        try:
            value = understood(leaf, cell)
        except Wrong as error:
            self.say(entry.cells[leaf.name], error.says)
            if not leaf.required:
                return
            value = neutral(leaf)
        put(entry.item, leaf, value)

    def _record(self, page: Page, placed: Placed) -> None:
        part = placed.block.part
        assert part is not None
        entry = Entry(part, {}, (page.name, placed.top, 1))
        names = {n: leaf for leaf in part.leaves for n in (leaf.name, titles.title(leaf))}
        for row in range(placed.first, placed.last + 1):
            name = plain(page.cells.get((row, 1))).strip()
            if not name:
                continue
            leaf = names.get(name)
            if leaf is None:
                near = nearest(name, [titles.title(n) for n in part.leaves])
                self.say((page.name, row, 1), _NO_KEY.format(name=name, near=near))
                continue
            if leaf.name in entry.cells:
                self.say((page.name, row, 1), _KEY_TWICE.format(name=name))
                continue
            entry.cells[leaf.name] = (page.name, row, 2)
            if (row, 2) in page.cells:
                self._set(entry, leaf, page.cells[row, 2])
        self._keep(part, entry, placed, page)

    def _list(self, page: Page, placed: Placed) -> None:
        part = placed.block.part
        assert part is not None
        for _, item, entry in self._lines(page, placed):
            entry.names = (owner_name(item), str(item.get("name", "")))
            if placed.block.leaves[0].name != "table":
                entry.home = entry.cells.get(placed.block.leaves[0].name, entry.home)
            self._keep(part, entry, placed, page)
        self.titles.setdefault((part.file, part.kind), (page.name, placed.top, 1))

    def _keep(self, part: Part, entry: Entry, placed: Placed, page: Page) -> None:
        self.entries[part.file].setdefault(part.kind, []).append(entry)
        self.titles.setdefault((part.file, part.kind), (page.name, placed.top, 1))

    def _owner(self, part: Part, entry: Entry, item: dict[str, Any]) -> Entry | None:
        """The entry that a line of another sheet belongs to."""
        name = str(item.pop(OWNER.name, "")).strip()
        owners = self.entries[part.file].get(part.path[0], [])
        found = next((e for e in owners if name in e.names and name), None)
        if found is None:
            what = (
                "、".join(dict.fromkeys(titles.block_title(e.part) for e in owners[:1] if e.part is not None)) or "项"
            )
            near = nearest(name, [e.names[0] for e in owners])
            says = _NO_OWNER.format(name=name, what=what, near=near) if name else _NO_NAME
            self.say(entry.cells.get(OWNER.name, entry.home), says)
        return found

    def _inner(self, page: Page, placed: Placed) -> None:
        part = placed.block.part
        assert part is not None
        for _, item, entry in self._lines(page, placed):
            owner = self._owner(part, entry, item)
            if owner is not None:
                owner.inner.setdefault(part.kind, []).append(entry)
                owner.item.setdefault(part.kind, []).append(item)

    def _moved(self, page: Page, placed: Placed) -> None:
        part, leaf = placed.block.part, placed.block.leaves[1]
        assert part is not None
        for _, item, entry in self._lines(page, placed):
            owner = self._owner(part, entry, item)
            if owner is None:
                continue
            if leaf.name in owner.cells:
                says = _TWICE.format(name=owner.names[0], what=titles.title(leaf))
                self.say(entry.cells.get(OWNER.name, entry.home), says)
                continue
            owner.cells[leaf.name] = entry.cells.get(leaf.name, entry.home)
            owner.item |= item

    def _rows(self, page: Page, placed: Placed) -> None:
        table = placed.block.table
        columns = [e.item for e in self.entries["tables.toml"].get("column", ()) if e.item.get("table") == table]
        types = {c.get("name"): c.get("type") for c in columns}
        tables = [e.names[0] for e in self.entries["tables.toml"].get("table", ())]
        if table not in tables:
            says = _NO_OWNER.format(name=table, what=_TABLE, near=nearest(table, tables))
            self.say((page.name, placed.top, 1), says)
            return
        for column, leaf in list(placed.columns.items()):
            if leaf.name not in types:
                says = _NO_OWNER.format(name=leaf.name, what=_COLUMN, near=nearest(leaf.name, map(str, types)))
                self.say((page.name, placed.header, column), says)
                del placed.columns[column]
        rows = self.entries["tables.toml"].setdefault("row", [])
        for number, (_, item, entry) in enumerate(self._lines(page, placed), start=1):
            for key in item:
                _number_given(item, (key,), types.get(key))
            entry.item = {"table": table} | item
            entry.names = (f"{table} {number}",)
            entry.cells["table"] = (page.name, placed.top, 1)
            rows.append(entry)

    def _clean(self, page: Page, placed: Placed) -> None:
        self.raw.clean = self.raw.clean or {}
        types = {e.item.get("name"): e.item.get("type") for e in self.entries["fields.toml"].get("field", ())}
        for _, item, entry in self._lines(page, placed):
            name = str(item.get("名称", "")).strip()
            if not name:
                self.say(entry.home, _NO_NAME)
            elif name in self.raw.clean:
                self.say(entry.home, _KEY_TWICE.format(name=name))
            else:
                _number_given(item, ("值",), types.get(name))
                self.raw.clean[name] = item.get("值")
                self.clean_cells[name] = entry.cells.get("值", entry.home)

    def _clean_rows(self, page: Page, placed: Placed) -> None:
        columns = self.entries["tables.toml"].get("column", ())
        types = {e.item.get("name"): e.item.get("type") for e in columns if e.item.get("table") == placed.block.table}
        rows = []
        self.titles[BASE_CASE, placed.block.table] = (page.name, placed.top, 1)
        for _, item, entry in self._lines(page, placed):
            for key in item:
                _number_given(item, (key,), types.get(key))
            rows.append(item)
            self.clean_rows.setdefault(placed.block.table, []).append(entry)
        self.raw.clean = (self.raw.clean or {}) | {placed.block.table: rows}

    def _texts(self, page: Page, placed: Placed) -> None:
        lines: dict[str, list[str]] = {}
        for _, item, entry in self._lines(page, placed):
            name = str(item.get("文件", "")).strip()
            if name.lower() in SHAPES or not _FILE.fullmatch(name):
                self.say(entry.home, _NO_FILE.format(name=name[:40]))
            else:
                lines.setdefault(name, []).append(plain(item.get("内容")))
        self.raw.texts |= {name: "\n".join(rows) for name, rows in lines.items()}

    def _gather(self) -> None:
        for file, by_kind in self.entries.items():
            for kind, entries in by_kind.items():
                if not entries:
                    continue
                part = entries[0].part
                if part is not None and not part.many:
                    data = entries[0].item if part.path else {}
                    if data:
                        self.raw.toml.setdefault(file, {})[kind] = data
                    if not part.path:
                        self.raw.toml.setdefault(file, {}).update(entries[0].item)
                else:
                    self.raw.toml.setdefault(file, {})[kind] = [entry.item for entry in entries]


def neutral(leaf: Leaf) -> Any:
    """Return a value that stands for one that is not understood, so that the rest can be looked at."""
    if leaf.words:
        return leaf.words[0]
    return {"integer": 0, "number": 0, "boolean": False, "texts": [], "numbers": [], "mapping": {}}.get(leaf.sort, "?")


def put(item: dict[str, Any], leaf: Leaf, value: Any) -> None:
    """Set a key of an entry, also one of an inner structure."""
    for step in leaf.path[:-1]:
        item = item.setdefault(step, {})
    item[leaf.path[-1]] = value


def _number_given(item: dict[str, Any], keys: tuple[str, ...], type_: object) -> None:
    """A number that was typed into a cell formatted as text is one where a number is asked for."""
    for key in keys:
        if isinstance(item.get(key), str) and type_ in NUMERIC_TYPES and (number := as_number(item[key])) is not None:
            item[key] = number
