"""Reads the indicator table of a notice (附件3, .xlsx or .docx): levels, weights, standards, and what is not understood."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from msgspec import Struct

from xltools.bilingual import Pair
from xltools.editing.values import plain
from xltools.errors import UnreadableFile, UsageError
from xltools.form.address import parse_area
from xltools.intake.files.bounds import at_hand, bounds
from xltools.intake.files.regular import own_file
from xltools.intake.files.worker import run_watched
from xltools.intake.narrative.docx import docx_blocks
from xltools.intake.open import open_book
from xltools.intake.own_files import NOT_OPENED, TABLE_BYTES, why
from xltools.intake.xlsx.model import Sheet

WHAT = Pair("指标表", "indicator table")
MOST_ROWS, MOST_COLUMNS, MOST_CELLS, MOST_MERGES = 2_000, 60, 100_000, 5_000
_NUMBER = r"\d+(?:\.\d+)?"
_STATED = re.compile(rf"(.*\S)\s*[（(]\s*({_NUMBER})\s*分?\s*[)）]|(.*[^\d.\s])\s*({_NUMBER})\s*分")
_WEIGHT = re.compile(rf"({_NUMBER})\s*[分%]?")
_YEAR = re.compile(r"(20\d\d)\s*年")
_UNKNOWN_COLUMN = Pair("{place}：没有读取“{name}”这一列", "{place}: the column “{name}” was not read")
_NO_WEIGHT = Pair(
    "{place}：“{name}”没有能读懂的分值（{text}），这一行没有列入",
    "{place}: “{name}” has no weight that is understood ({text})",
)
_NO_NAME = Pair("{place}：这一行没有指标名称，没有列入（{text}）", "{place}: this row has no indicator ({text})")
_TOGETHER = Pair(
    "{place}：分值 {weight} 由 {count} 个指标合用（{names}），合成一行；要分开的请分行写各自的分值",
    "{place}: {count} indicators share the weight {weight} ({names}); they are one row, unless you give each its own",
)
_OTHER_SUM = Pair(
    "“{name}”写明 {stated} 分，下面各行合计 {total} 分", "“{name}” says {stated}, its rows add up to {total}"
)
_NOT_TAKEN = Pair("另有 {count} 个指标表没有读取：{names}", "{count} other indicator tables were not read: {names}")
NO_TABLE = Pair(
    "{path} 里没有找到指标表；表头应有 一级/二级/三级指标 和 分值",
    "{path} holds no indicator table; its header names levels of indicators and weights",
)


class Column(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A column of the draft's table and what notices call it."""

    column: str
    titles: tuple[str, ...]


class Words(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a notice calls weights and totals, and the columns that are left for departments."""

    weight: tuple[str, ...]
    ignored: tuple[str, ...]
    total: tuple[str, ...]


@dataclass
class Grid:
    """A table as it stands: its name, its rows of texts, a merged cell's text in each of its cells."""

    name: str
    rows: list[list[str]]
    tops: dict[tuple[int, int], int] = field(default_factory=dict)
    """Row and column (from 0) of each cell that is the lower part of a merged one → the row that one begins in."""


@dataclass
class Head:
    """A header: the columns of the levels, of their weights, of texts, and those that mean nothing here."""

    row: int
    levels: dict[int, int] = field(default_factory=dict)  # level → column
    weights: dict[int, int] = field(default_factory=dict)  # level → column
    texts: dict[str, int] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)

    @property
    def deepest(self) -> int:
        """The level of the indicators themselves."""
        return max(self.levels)


@dataclass
class Indicator:
    """One row of the table: the names of its levels, its weight, its texts."""

    levels: dict[int, str]
    weight: float
    texts: dict[str, str]


@dataclass
class Notice:
    """What a notice says: its indicators, the total it states, its title and year, what was not understood."""

    indicators: list[Indicator] = field(default_factory=list)
    levels: tuple[int, ...] = ()
    total: float | None = None
    title: str = ""
    year: int | None = None
    not_understood: list[Pair] = field(default_factory=list)


def read_notice(path: Path, levels: Sequence[Column], texts: Sequence[Column], words: Words) -> Notice:
    """Read a notice's table; raise UsageError where there is none."""
    grids, above = _grids(path)
    found = [(grid, head) for grid in grids if (head := _head(grid, levels, texts, words)) is not None]
    read = [(_Reading(grid, head, words), grid) for grid, head in found]
    best = max(read, key=lambda item: len(item[0].notice.indicators), default=None)
    if best is None or not best[0].notice.indicators:
        raise UsageError(NO_TABLE.format(path=path))
    notice = best[0].notice
    others = [grid.name for reading, grid in read if reading.notice.indicators and grid is not best[1]]
    if others:
        notice.not_understood.append(_NOT_TAKEN.format(count=len(others), names="、".join(others)))
    head_texts = [cell for row in best[1].rows[: best[0].head.row] for cell in row]
    _entitle(notice, [*above, *head_texts, path.stem])
    return notice


def _entitle(notice: Notice, texts: Sequence[str]) -> None:
    for text in texts:
        bare = re.sub(r"[（(].*?[)）]|20\d\d\s*年度?|\s", "", text)
        if not notice.title and re.fullmatch(r"[^：:，。]{4,40}表", bare):
            notice.title = bare
        if notice.year is None and (year := _YEAR.search(text)):
            notice.year = int(year[1])


def _grids(path: Path) -> tuple[list[Grid], list[str]]:
    """Return the tables of a file, and the paragraphs of a Word document."""
    data = own_file(path, TABLE_BYTES, WHAT)
    limits = bounds()
    try:
        if path.suffix.lower() == ".docx":
            blocks = run_watched(docx_blocks, (data, limits.narrative), limits.work)
            tables = [block for block in blocks if not isinstance(block, str)]
            named = [Grid(f"第 {n} 个表", [list(map(_tidy, row)) for row in t]) for n, t in enumerate(tables, start=1)]
            return named, [block for block in blocks if isinstance(block, str)]
        book, _ = open_book(data, limits=at_hand(limits.file))
    except UnreadableFile as error:
        raise UsageError(NOT_OPENED.format(what=WHAT, path=path, reason=why(error))) from None
    return [_of_sheet(sheet) for sheet in book.sheets], []


def _of_sheet(sheet: Sheet) -> Grid:
    cells = {
        spot: _tidy(plain(cell.value))
        for spot, cell in sheet.cells.items()
        if cell.value is not None and spot[0] <= MOST_ROWS and spot[1] <= MOST_COLUMNS
    }
    tops: dict[tuple[int, int], int] = {}
    for merge in sheet.merges[:MOST_MERGES]:
        area = parse_area(merge)
        if area is None or area[:2] not in cells or len(cells) > MOST_CELLS:
            continue
        top, left, bottom, right = area
        for row in range(top, min(bottom, MOST_ROWS) + 1):
            for column in range(left, min(right, MOST_COLUMNS) + 1):
                cells[row, column] = cells[top, left]
                if row > top:
                    tops[row - 1, column - 1] = top - 1
    height, width = max((r for r, _ in cells), default=0), max((c for _, c in cells), default=0)
    rows = [[cells.get((r, c), "") for c in range(1, width + 1)] for r in range(1, height + 1)]
    return Grid(sheet.name, rows, tops)


def _tidy(text: str) -> str:
    return "\n".join(" ".join(line.split()) for line in text.splitlines() if line.strip())


def _head(grid: Grid, levels: Sequence[Column], texts: Sequence[Column], words: Words) -> Head | None:
    """Return the first row that names indicators and weights."""
    for number, row in enumerate(grid.rows):
        head = Head(number)
        level = -1
        for column, cell in enumerate(row):
            name = "".join(cell.split())
            if not name or (column and cell == row[column - 1]):
                continue
            found = _level(name, levels)
            own = found >= 0 and found not in head.levels
            if own and (not any(w in name for w in words.weight) or re.search("[（(]", name)):
                head.levels[found] = column
                level = found
            elif any(w in name for w in words.weight) and not any(w in name for w in words.ignored):
                head.weights.setdefault(level, column)
            elif (text := _text(name, texts)) and text not in head.texts:
                head.texts[text] = column
            elif not any(w in name for w in words.ignored):
                head.unknown.append(name)
        if head.levels and (head.weights or len(head.levels) > 1) and len(head.levels) + len(head.weights) > 1:
            return head
    return None


def _level(name: str, levels: Sequence[Column]) -> int:
    return next((n for n, level in enumerate(levels) if any(title in name for title in level.titles)), -1)


def _text(name: str, texts: Sequence[Column]) -> str:
    """The text column whose title stands last in a name: 指标说明及评分标准 is the standard."""
    places = [(name.rfind(title), text.column) for text in texts for title in text.titles if title in name]
    return max(places, default=(-1, ""))[1]


class _Reading:
    """One table being read from its header downwards."""

    def __init__(self, grid: Grid, head: Head, words: Words) -> None:
        self.grid, self.head, self.words = grid, head, words
        self.notice = Notice(levels=tuple(sorted(head.levels)))
        self.stated: dict[tuple[str, ...], float] = {}
        self._now: dict[int, str] = {}
        self._begun = -1  # the row in which the last indicator began
        self._sharing: list[str] = []  # the names of those that share its weight
        self.notice.not_understood += [
            _UNKNOWN_COLUMN.format(place=grid.name, name=name) for name in dict.fromkeys(head.unknown)
        ]
        header = grid.rows[head.row]
        for number, row in enumerate(grid.rows[head.row + 1 :], start=head.row + 2):
            if any(row) and row != header and not self._is_total(row):
                self._row(number, row)
        self._told_together()
        self._from_shares()
        self._sums()

    def _from_shares(self) -> None:
        """Weights that a workbook keeps as shares of one (30 % is 0.3) are points of a hundred."""
        if abs(sum(i.weight for i in self.notice.indicators) - 1) > 1e-6:
            return
        for indicator in self.notice.indicators:
            indicator.weight = round(indicator.weight * 100, 6)
        self.stated = {path: round(stated * 100, 6) for path, stated in self.stated.items()}
        if self.notice.total is not None:
            self.notice.total = round(self.notice.total * 100, 6)

    def _cell(self, row: list[str], column: int | None) -> str:
        return row[column] if column is not None and column < len(row) else ""

    def _is_total(self, row: list[str]) -> bool:
        first = next((cell for cell in row if cell), "")
        if not any("".join(first.split()).startswith(word) for word in self.words.total):
            return False
        numbers = [float(m[1]) for cell in row if (m := _WEIGHT.fullmatch(cell))]
        if numbers and not re.match("小计", first):
            self.notice.total = numbers[0]
        return True

    def _row(self, number: int, row: list[str]) -> None:
        deepest = self.head.deepest
        for level in self.notice.levels[:-1]:
            name, stated = _named(self._cell(row, self.head.levels[level]))
            own = self._cell(row, self.head.weights.get(level)) if len(self.head.weights) > 1 else ""
            if name and name != self._now.get(level):
                self._now = {k: v for k, v in self._now.items() if k < level} | {level: name}
            if name and (stated is not None or _WEIGHT.fullmatch(own)):
                path = tuple(self._now[k] for k in sorted(self._now) if k <= level)
                self.stated.setdefault(path, stated if stated is not None else float(_WEIGHT.fullmatch(own)[1]))  # type: ignore[index]
        name, stated = _named(self._cell(row, self.head.levels[deepest]))
        texts = {k: text for k, c in self.head.texts.items() if (text := self._cell(row, c))}
        column = self.head.weights.get(deepest, next(iter(self.head.weights.values()), None))
        written = self._cell(row, column)
        weight = _WEIGHT.fullmatch(written)
        value = float(weight[1]) if weight is not None else stated
        levels = self._now | {deepest: name}
        last = self.notice.indicators[-1] if self.notice.indicators else None
        if last is not None and (not name or levels == last.levels) and value in (None, last.weight) and texts:
            self._continued(last, texts)
        elif last is not None and name and self._shares(number - 1, column, levels):
            self._sharing.append(name)
            self._continued(last, texts)
        elif name and value is not None:
            self._told_together()
            self.notice.indicators.append(Indicator(dict(levels), value, texts))
            self._begun, self._sharing = number - 1, [name]
        else:
            says = _NO_WEIGHT if name else _NO_NAME
            place = f"{self.grid.name} 第 {number} 行"
            text = written if name else "，".join(cell for cell in dict.fromkeys(row) if cell)[:40]
            self.notice.not_understood.append(says.format(place=place, name=name, text=text or "空"))

    def _shares(self, row: int, column: int | None, levels: dict[int, str]) -> bool:
        """True for another indicator of the same group whose weight is one merged cell with the last one's."""
        others = self.notice.indicators[-1].levels
        same = all(levels.get(k) == others.get(k) for k in self.notice.levels[:-1])
        return same and column is not None and self.grid.tops.get((row, column), row) <= self._begun

    def _told_together(self) -> None:
        """Name the last indicator after all that share its weight, and say so."""
        if len(self._sharing) > 1:
            last, names = self.notice.indicators[-1], "、".join(self._sharing)
            last.levels[self.head.deepest] = names
            place = f"{self.grid.name} 第 {self._begun + 1} 行"
            says = _TOGETHER.format(place=place, weight=plain(last.weight), count=len(self._sharing), names=names)
            self.notice.not_understood.append(says)
        self._sharing = []

    def _continued(self, last: Indicator, texts: dict[str, str]) -> None:
        """A row that only goes on with the standard of the one above."""
        for key, text in texts.items():
            if text not in last.texts.get(key, "").split("\n"):
                last.texts[key] = "\n".join(t for t in (last.texts.get(key, ""), text) if t)

    def _sums(self) -> None:
        """What groups are said to weigh is what their rows add up to."""
        for path, stated in self.stated.items():
            total = sum(i.weight for i in self.notice.indicators if _path(i)[: len(path)] == path)
            if round(total - stated, 6):
                says = _OTHER_SUM.format(name=path[-1], stated=plain(stated), total=plain(round(total, 6)))
                self.notice.not_understood.append(says)


def _path(indicator: Indicator) -> tuple[str, ...]:
    return tuple(indicator.levels[k] for k in sorted(indicator.levels))


def _named(text: str) -> tuple[str, float | None]:
    """A name without the weight that stands behind it in brackets, and that weight."""
    bare = "".join(text.split("\n"))
    match = _STATED.fullmatch(bare)
    if match is None:
        return bare, None
    return (match[1] or match[3]).strip(), float(match[2] or match[4])


def rows_of(notice: Notice) -> Iterator[tuple[str, Indicator]]:
    """Yield each indicator with a name that is its alone."""
    seen: dict[str, int] = {}
    for indicator in notice.indicators:
        name = indicator.levels[max(indicator.levels)]
        seen[name] = seen.get(name, 0) + 1
        yield name if seen[name] == 1 else f"{name}（{seen[name]}）", indicator
