"""A definition as 定义.xlsx shows it: pages, the blocks on each, their cells; made from a definition's files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from xltools.editing import titles
from xltools.editing.parts import SHAPES, Leaf, Part, parts
from xltools.editing.raw import Raw, owner_name
from xltools.editing.values import Shown, shown

Mode = Literal["record", "list", "inner", "moved", "rows", "clean", "clean_rows", "texts"]
Spot = tuple[int, int]
OWNER = Leaf(("用在",), "text", required=True)
NAME, VALUE, FILE, LINE = (
    Leaf(("名称",), "text"),
    Leaf(("值",), "given"),
    Leaf(("文件",), "text"),
    Leaf(("内容",), "text"),
)
MOVED = {"formula": titles.FORMULAS, "choices": titles.CHOICES}
"""Keys that have a sheet of their own, a line an owner."""
ROWS, CLEAN_ROWS = "固定行：", "样例行："
VALUES, TEXTS = "样例的值", "其他文件"
RECORD = ("项目", "内容", "说明")
SPARE, SPARE_LAST = 3, 30
"""Lines left for more entries: below a block, and below the last of a sheet."""


@dataclass(frozen=True)
class Block:
    """What stands under one title. `table` names the table of the lines that are its rows."""

    title: str
    sheet: str
    mode: Mode
    leaves: tuple[Leaf, ...]
    part: Part | None = None
    table: str = ""


@dataclass
class Placed:
    """A block where it stands; lines from `first` to `last`. `check` is the column of its live check, 0 for none."""

    block: Block
    top: int
    header: int
    first: int
    last: int
    columns: dict[int, Leaf] = field(default_factory=dict)
    check: int = 0

    def column(self, name: str) -> int:
        """Return the column of a key, 0 where there is none."""
        return next((c for c, leaf in self.columns.items() if leaf.name == name), 0)


@dataclass
class Page:
    """One sheet: its blocks from top to bottom and its cells."""

    name: str
    placed: list[Placed] = field(default_factory=list)
    cells: dict[Spot, Shown] = field(default_factory=dict)

    @property
    def bottom(self) -> int:
        """The last row that a block takes."""
        return max((p.last for p in self.placed), default=0)


Draft = dict[str, Page]


def fixed_blocks() -> Iterator[Block]:
    """Yield the blocks that every definition has."""
    moved: list[Block] = []
    for file in SHAPES:
        for part in parts(file):
            sheet, title = titles.home(part), titles.block_title(part)
            if not part.many:
                yield Block(title, sheet, "record", part.leaves, part)
            elif part.owner is not None:
                yield Block(title, sheet, "inner", (OWNER, *part.leaves), part)
            else:
                yield Block(title, sheet, "list", tuple(n for n in part.leaves if n.name not in MOVED), part)
                moved += [
                    Block(f"{title}的{titles.title(leaf)}", MOVED[leaf.name], "moved", (OWNER, leaf), part)
                    for leaf in part.leaves
                    if leaf.name in MOVED
                ]
    yield from moved
    yield Block(VALUES, titles.CLEAN, "clean", (NAME, VALUE))
    yield Block(TEXTS, titles.OTHER_FILES, "texts", (FILE, LINE))


def rows_block(table: str, columns: tuple[str, ...], clean: bool = False) -> Block:
    """Return the block of a table's rows: those the definition gives, or those of the clean filling."""
    leaves = tuple(Leaf((name,), "given") for name in columns)
    if clean:
        return Block(CLEAN_ROWS + table, titles.CLEAN, "clean_rows", leaves, table=table)
    return Block(ROWS + table, titles.INDICATORS, "rows", leaves, table=table)


def laid(raw: Raw) -> Draft:
    """Lay a definition's files out as the sheets of 定义.xlsx."""
    found: list[tuple[Block, list[dict[str, Any]]]] = [(b, list(_entries(b, raw))) for b in fixed_blocks()]
    found += list(_row_blocks(raw))
    draft: Draft = {}
    ordered = sorted(found, key=lambda item: _rank(item[0]))
    last = {block.sheet: number for number, (block, _) in enumerate(ordered)}
    for number, (block, entries) in enumerate(ordered):
        page = draft.setdefault(block.sheet, Page(block.sheet))
        _put(page, block, entries, SPARE_LAST if last[block.sheet] == number else SPARE)
    return draft


def _rank(block: Block) -> tuple[int, int]:
    """Sheets in their order; on a sheet the rows of the tables come first, they are what changes most."""
    sheet = titles.ORDER.index(block.sheet) if block.sheet in titles.ORDER else len(titles.ORDER)
    return sheet, 0 if block.mode == "rows" else 1


def _entries(block: Block, raw: Raw) -> Iterator[dict[str, Any]]:
    """Yield a block's lines, each leaf's name → value."""
    if block.mode == "texts":
        yield from ({"文件": name, "内容": line} for name, text in raw.texts.items() for line in text.split("\n"))
    elif block.mode == "clean":
        yield from ({"名称": k, "值": v} for k, v in (raw.clean or {}).items() if not isinstance(v, list))
    elif block.part is not None:
        yield from _of_part(block, block.part, raw)


def _of_part(block: Block, part: Part, raw: Raw) -> Iterator[dict[str, Any]]:
    data = raw.toml.get(part.file, {})
    if part.owner is not None:
        for item in _list(data, part.owner.path):
            for inner in item.get(part.kind, ()):
                yield {OWNER.name: owner_name(item)} | _flat(inner, part)
    elif block.mode == "record":
        yield _flat(data if not part.path else data.get(part.kind, {}), part)
    else:
        for item in _list(data, part.path):
            flat = _flat(item, part)
            if block.mode == "list":
                yield flat
            elif (name := block.leaves[1].name) in flat:
                yield {OWNER.name: owner_name(item), name: flat[name]}


def _list(data: Mapping[str, Any], path: tuple[str, ...]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [dict(data)]
    for step in path:
        found = [inner for item in found for inner in item.get(step, ())]
    return found


def _flat(item: Mapping[str, Any], part: Part) -> dict[str, Any]:
    found = {}
    for leaf in part.leaves:
        value: Any = item
        for step in leaf.path:
            value = value.get(step) if isinstance(value, dict) else None
        if value is not None:
            found[leaf.name] = value
    return found


def _row_blocks(raw: Raw) -> Iterator[tuple[Block, list[dict[str, Any]]]]:
    """Yield the fixed rows of each table, and the clean filling's rows of each."""
    tables = raw.toml.get("tables.toml", {})
    for name in dict.fromkeys(str(row.get("table")) for row in tables.get("row", ())):
        rows = [{k: v for k, v in row.items() if k != "table"} for row in tables["row"] if row.get("table") == name]
        yield rows_block(name, raw.columns_of(name, rows)), rows
    for name, value in (raw.clean or {}).items():
        if isinstance(value, list):
            yield rows_block(name, raw.columns_of(name, value), clean=True), value


def _put(page: Page, block: Block, entries: list[dict[str, Any]], spare: int) -> None:
    top = page.bottom + (2 if page.placed else 1)
    page.cells[top, 1] = f"【{block.title}】"
    placed = Placed(block, top, top + 1, top + 2, top + 1)
    page.placed.append(placed)
    if block.mode == "record":
        for column, text in enumerate(RECORD, start=1):
            page.cells[top + 1, column] = text
        for row, leaf in enumerate(block.leaves, start=top + 2):
            page.cells[row, 1] = titles.title(leaf)
            if leaf.name in entries[0]:
                page.cells[row, 2] = shown(leaf, entries[0][leaf.name])
            if block.part is not None and (help_ := titles.told(leaf, block.part)):
                page.cells[row, 3] = help_
        placed.last = top + 1 + len(block.leaves)
        return
    placed.columns = dict(enumerate(block.leaves, start=1))
    placed.check = len(block.leaves) + 1 if block.mode in ("list", "rows", "moved") else 0
    for column, leaf in placed.columns.items():
        page.cells[top + 1, column] = header(block, leaf)
    for row, entry in enumerate(entries, start=top + 2):
        for column, leaf in placed.columns.items():
            if leaf.name in entry:
                page.cells[row, column] = shown(leaf, entry[leaf.name])
    placed.last = top + 1 + len(entries) + spare


def header(block: Block, leaf: Leaf) -> str:
    """Return what stands over a column: a row's columns are called as the table calls them."""
    return titles.title(leaf) if block.part is not None and leaf is not OWNER else leaf.name
