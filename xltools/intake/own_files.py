"""The operator's own files: tables (.xlsx, .xls, .csv) as rows, JSON as plain data; each failure is one line for them."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xltools.bilingual import Pair
from xltools.boundary.plain import said_of
from xltools.errors import UnreadableFile, UsageError
from xltools.intake.cells.typed import is_date_format
from xltools.intake.cells.written import read_date
from xltools.intake.files.bounds import MIB, FileLimits, at_hand, bounds
from xltools.intake.files.container import KIND_WORDS
from xltools.intake.files.regular import own_file
from xltools.intake.files.worker import run_watched
from xltools.intake.open import is_too_much, open_book
from xltools.intake.xlsx.model import Book, Cell

Value = str | int | float | bool | None
TABLE_BYTES, JSON_BYTES = 64 * MIB, 8 * MIB
TEXT_BYTES, MOST_LINES = 8 * MIB, 200_000  # a line of text takes a hundred times its bytes in memory
MOST_COLUMNS = 64
TEXTS = frozenset({".csv", ".txt"})

NOT_OPENED = Pair(
    "{what} {path} 打不开（{reason}）；请另存为 .xlsx 或 .csv 再用",
    "the {what} {path} cannot be opened ({reason}); save it as .xlsx or .csv",
)
NO_ENCODING = Pair(
    "{what} {path} 的编码读不懂；请另存为 UTF-8 或 .xlsx",
    "the encoding of the {what} {path} is not understood; save it as UTF-8 or .xlsx",
)
NO_CSV = Pair(
    "{what} {path} 第 {line} 行不是 CSV（引号不配对，或有一格过长）；请另存为 .xlsx 再用",
    "line {line} of the {what} {path} is no CSV (a quote is not closed, or a field too long); save it as .xlsx",
)
TOO_LONG = Pair("{what} {path} 超过 {most} 行", "the {what} {path} has more than {most} lines")
NO_JSON = Pair("{what} {path} 不是能用的 JSON：{error}", "the {what} {path} is no JSON that can be used: {error}")
_REASONS = {
    "encrypted": Pair("有打开密码", "it needs a password"),
    "empty": Pair("空文件", "it is empty"),
    "too_large": Pair("过大", "it is too large"),
    "too_many_cells": Pair("单元格过多", "it has too many cells"),
    "too_slow": Pair("读取时间过长", "reading it took too long"),
    "truncated": Pair("不完整", "it is incomplete"),
    "unsupported_compression": Pair("压缩方式读不了", "its way of compression is not read"),
    "too_much_memory": Pair("读取占用内存过多", "reading it took too much memory"),
}
_TOO_MUCH, _DAMAGED = Pair("内容过多", "it holds too much"), Pair("损坏或结构异常", "it is damaged")
BROKEN_TEXT = Pair("里面有残缺的字符（单独的代理项）", "it holds half a character (a lone surrogate)")
_HALF = re.compile(rb"\\u[dD][89a-fA-F]")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table that is not empty; `number` counts from 1 as the sheet does, `cells` from its column A."""

    number: int
    cells: tuple[Value, ...]


Tables = dict[str, list[Line]]
"""Sheets by name, in their order; a text table is one sheet without a name."""


def read_tables(path: Path, what: Pair, sheets: frozenset[str] = frozenset()) -> Tables:
    """Return the lines of the `sheets` named that are there, or of all. Raises UsageError."""
    is_text = path.suffix.lower() in TEXTS
    data = own_file(path, TEXT_BYTES if is_text else TABLE_BYTES, what)
    if is_text:
        return {"": list(_text_lines(data, path, what))}
    limits = bounds()
    try:
        try:
            return _lines_of(data, sheets, at_hand(limits.file))
        except UnreadableFile as error:
            if not is_too_much(error):
                raise
        return run_watched(_lines_of, (data, sheets, limits.file), limits.work)
    except UnreadableFile as error:
        raise UsageError(NOT_OPENED.format(what=what, path=path, reason=why(error))) from None


def why(error: UnreadableFile) -> Pair:
    """What the file is instead, or the program's word for what is wrong with it."""
    kind = str(error.detail.get("kind", ""))
    if kind in KIND_WORDS:
        return KIND_WORDS[kind]
    return _REASONS.get(error.reason, _TOO_MUCH if is_too_much(error) else _DAMAGED)


def _lines_of(data: bytes, wanted: frozenset[str], limits: FileLimits) -> Tables:
    book, _ = open_book(data, limits=limits)
    found: Tables = {}
    for sheet in book.sheets:
        if wanted and sheet.name not in wanted:
            continue
        rows: dict[int, dict[int, Value]] = {}
        for (row, column), cell in sheet.cells.items():
            if cell.value is not None and column <= MOST_COLUMNS:
                rows.setdefault(row, {})[column] = as_seen(cell, book)
        found[sheet.name] = [
            Line(number, tuple(rows[number].get(c) for c in range(1, max(rows[number]) + 1))) for number in sorted(rows)
        ]
    return found


def as_seen(cell: Cell, book: Book) -> Value:
    """The value; a date as its ISO text, not as the number that a workbook keeps."""
    style = book.number_formats[cell.style] if cell.style < len(book.number_formats) else ""
    if cell.kind == "n" and isinstance(cell.value, int | float) and is_date_format(style):
        day, _ = read_date(cell.value, book.date1904, True)
        return cell.value if day is None else day.isoformat()
    return cell.value


def _text_lines(data: bytes, path: Path, what: Pair) -> Iterator[Line]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        break
    else:
        raise UsageError(NO_ENCODING.format(what=what, path=path))
    reader = csv.reader(io.StringIO(text, newline=""))
    for _ in range(MOST_LINES):
        try:
            row = next(reader, None)
        except csv.Error:
            raise UsageError(NO_CSV.format(what=what, path=path, line=reader.line_num)) from None
        if row is None:
            return
        if any(row):
            yield Line(reader.line_num, tuple(row[:MOST_COLUMNS]))
    raise UsageError(TOO_LONG.format(what=what, path=path, most=MOST_LINES))


def read_json(path: Path, what: Pair) -> Any:
    """Return what a JSON file holds, to be held against a shape (boundary.walk). Raises UsageError."""
    data = own_file(path, JSON_BYTES, what)
    try:
        found = json.loads(data.decode("utf-8-sig"))
        if _HALF.search(data):
            json.dumps(found, ensure_ascii=False).encode("utf-8")
        return found
    except UnicodeEncodeError:
        raise UsageError(NO_JSON.format(what=what, path=path, error=BROKEN_TEXT)) from None
    except (ValueError, RecursionError) as error:
        raise UsageError(NO_JSON.format(what=what, path=path, error=said_of(error, data))) from None
