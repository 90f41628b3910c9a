"""Finds the blocks of 定义.xlsx in a workbook that somebody edited: by their titles and the names of their columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from xltools.bilingual import Pair
from xltools.boundary.nearest import nearest
from xltools.editing import titles
from xltools.editing.draft import CLEAN_ROWS, ROWS, Block, Draft, Page, Placed, fixed_blocks, header, rows_block
from xltools.editing.parts import Leaf
from xltools.editing.problem import Problem
from xltools.editing.values import Shown, plain
from xltools.errors import UnreadableFile, UsageError
from xltools.intake.files.bounds import FileLimits, at_hand, bounds
from xltools.intake.files.regular import own_file
from xltools.intake.files.worker import run_watched
from xltools.intake.open import is_too_much, open_book
from xltools.intake.own_files import NOT_OPENED, TABLE_BYTES, as_seen, why
from xltools.intake.xlsx.model import Book, Cell

WHAT = Pair("定义工作簿", "definition workbook")
CHECK = "检查"
MOST_ROWS, MOST_COLUMNS = 5_000, 200
_TITLE = re.compile(r"\s*【(.*)】\s*")
_NO_SHEET = Pair(
    "缺少工作表“{name}”；请从原件复制回来", "the sheet “{name}” is missing; copy it back from the original"
)
_NO_BLOCK = Pair(
    "工作表“{sheet}”里缺少【{name}】这一块；标题行不能删改",
    "the sheet “{sheet}” has no block 【{name}】; its title must stay",
)
_STRANGE_BLOCK = Pair("没有【{name}】这一块{near}", "there is no block 【{name}】{near}")
_TWICE_BLOCK = Pair("【{name}】写了两次", "【{name}】 stands twice")
_STRANGE_COLUMN = Pair("没有“{name}”这一列{near}", "there is no column “{name}”{near}")
_TWICE_COLUMN = Pair("“{name}”这一列写了两次", "the column “{name}” stands twice")
_NO_COLUMN = Pair("缺少“{name}”这一列；请补上列名，内容可留空", "the column “{name}” is missing; add its name")
_UNTITLED = Pair("“{text}”所在的列没有列名", "“{text}” stands in a column without a name")
_STRAY = Pair("“{text}”在各块之外，不会被读取；请移到所属的块里", "“{text}” stands outside the blocks and is not read")
_ERROR = Pair("单元格是错误值 {text}", "the cell holds the error {text}")
_BEYOND = Pair("行数或列数过多，只读到第 {row} 行、第 {column} 列", "more rows or columns than are read")


class Located:
    """The pages of an edited workbook, and what could not be found or was not expected."""

    def __init__(self, book: Book) -> None:
        self.draft: Draft = {}
        self.found: list[Problem] = []
        self.whole = True
        self._blocks = list(fixed_blocks())
        known = [block.sheet for block in self._blocks]
        for sheet in book.sheets:
            name = sheet.name.strip()
            if name in (titles.ABOUT, titles.PROBLEMS) or sheet.kind != "worksheet":
                continue
            page = self.draft.setdefault(name, Page(name))
            page.cells |= self._cells(sheet.cells, book, name)
            self._place(page)
        for name in dict.fromkeys(known):
            if name not in self.draft:
                self._lacks(name, 0, 0, _NO_SHEET.format(name=name))

    def _lacks(self, sheet: str, row: int, column: int, says: Pair) -> None:
        """Note that a part of the definition is not there, without which the rest means nothing."""
        self.whole = False
        self._say(sheet, row, column, says)

    def _say(self, sheet: str, row: int, column: int, says: Pair) -> None:
        self.found.append(Problem(sheet, row, column, says))

    def _cells(
        self, given: dict[tuple[int, int], Cell], book: Book, sheet: str
    ) -> Iterator[tuple[tuple[int, int], Shown]]:
        """Yield what stands in the cells; what was typed as a formula is the text of one."""
        beyond = False
        for (row, column), cell in given.items():
            value = _seen(cell, book)
            if value is None or (isinstance(value, str) and not value.strip()):
                continue
            if row > MOST_ROWS or column > MOST_COLUMNS:
                beyond = True
                continue
            if cell.kind == "e" and not cell.formula:
                self._say(sheet, row, column, _ERROR.format(text=value))
                continue
            yield (row, column), value
        if beyond:
            self._say(sheet, 0, 0, _BEYOND.format(row=MOST_ROWS, column=MOST_COLUMNS))

    def _place(self, page: Page) -> None:
        tops = sorted(
            (row, match[1].strip())
            for (row, column), value in page.cells.items()
            if column == 1 and isinstance(value, str) and (match := _TITLE.fullmatch(value))
        )
        bottom = max((row for row, _ in page.cells), default=0)
        mine = {b.title: b for b in self._blocks if b.sheet == page.name}
        for number, (row, name) in enumerate(tops):
            last = tops[number + 1][0] - 1 if number + 1 < len(tops) else bottom
            block = mine.get(name) or _rows_of(name, page.name)
            if block is None:
                self._say(page.name, row, 1, _STRANGE_BLOCK.format(name=name, near=nearest(name, mine)))
            elif any(p.block.title == name for p in page.placed):
                self._say(page.name, row, 1, _TWICE_BLOCK.format(name=name))
            else:
                self._put(page, block, row, last)
        for title in mine.keys() - {p.block.title for p in page.placed}:
            self._lacks(page.name, 0, 0, _NO_BLOCK.format(sheet=page.name, name=title))
        first = tops[0][0] if tops else bottom + 1
        for (row, column), value in page.cells.items():
            if row < first:
                self._say(page.name, row, column, _STRAY.format(text=plain(value)[:40]))

    def _put(self, page: Page, block: Block, top: int, last: int) -> None:
        rows = sorted({row for row, _ in page.cells if top < row <= last})
        placed = Placed(block, top, rows[0] if rows else top + 1, 0, 0)
        placed.first, placed.last = placed.header + 1, max(last, placed.header)
        page.placed.append(placed)
        if block.mode == "record":
            return
        named = {c: plain(v).strip() for (row, c), v in sorted(page.cells.items()) if row == placed.header}
        if block.mode in ("rows", "clean_rows"):
            leaves = {name: Leaf((name,), "given") for name in named.values() if not name.startswith(CHECK)}
        else:
            leaves = {n: leaf for leaf in block.leaves for n in (leaf.name, header(block, leaf))}
        for column, name in named.items():
            if name.startswith(CHECK):
                placed.check = column
            elif name not in leaves:
                near = nearest(name, [header(block, leaf) for leaf in block.leaves])
                self._say(page.name, placed.header, column, _STRANGE_COLUMN.format(name=name, near=near))
            elif leaves[name] in placed.columns.values():
                self._say(page.name, placed.header, column, _TWICE_COLUMN.format(name=name))
            else:
                placed.columns[column] = leaves[name]
        for leaf in block.leaves:
            if leaf not in placed.columns.values():
                self._lacks(page.name, placed.header, 1, _NO_COLUMN.format(name=header(block, leaf)))
        self._untitled(page, placed, set(named))

    def _untitled(self, page: Page, placed: Placed, named: set[int]) -> None:
        for (row, column), value in page.cells.items():
            if placed.first <= row <= placed.last and column not in named:
                self._say(page.name, row, column, _UNTITLED.format(text=plain(value)[:40]))


def _rows_of(title: str, sheet: str) -> Block | None:
    """The block of a table's rows; its columns are what stands in its header."""
    for prefix, home, clean in ((ROWS, titles.INDICATORS, False), (CLEAN_ROWS, titles.CLEAN, True)):
        if title.startswith(prefix.rstrip("：")) and sheet == home:
            return rows_block(title[len(prefix) :].strip(), (), clean)
    return None


def _seen(cell: Cell, book: Book) -> Shown:
    if cell.formula:
        return "=" + cell.formula
    value = as_seen(cell, book)
    return bool(value) if cell.kind == "b" else value


def read_definition(path: Path) -> Located:
    """Read a definition workbook; raise UsageError when it cannot be opened."""
    data = own_file(path, TABLE_BYTES, WHAT)
    limits = bounds()
    try:
        try:
            return Located(_book(data, at_hand(limits.file)))
        except UnreadableFile as error:
            if not is_too_much(error):
                raise
        return Located(run_watched(_book, (data, limits.file), limits.work))
    except UnreadableFile as error:
        raise UsageError(NOT_OPENED.format(what=WHAT, path=path, reason=why(error))) from None


def _book(data: bytes, limits: FileLimits) -> Book:
    return open_book(data, limits=limits)[0]
