"""The coordinator's roster of departments (名册): .xlsx or .csv, one row a department."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from xltools.bilingual import Pair, joined, same
from xltools.errors import UsageError
from xltools.intake.cells.written import plain_text, read_number
from xltools.intake.columns import ALSO_CALLED, APPROVED, CODE, COLUMNS, NAME, OFFICE, PARENT
from xltools.intake.directory import Directory, plain_code
from xltools.intake.own_files import Line, read_tables

MOST = 20_000
"""Departments of a roster; a province has some thousands."""
WHAT = Pair("名册文件", "roster file")
NO_COLUMNS = Pair(
    "{path} 里没有“{code}”“{name}”两列；名册要有一行列名：{columns}；空白名册用 xltools template --roster-template 生成",
    "{path} has no columns {code} and {name}; a line of a roster names its columns: {columns}; "
    "xltools template --roster-template writes an empty one",
)
GAP = Pair("{path} 第 {row} 行缺少{column}；请补填后再用", "{path}, line {row}: {column} is missing; fill it in")
TWICE = Pair(
    "{path} 第 {row} 行的部门编码“{code}”与第 {other} 行重复；请改正后再用",
    "{path}, line {row}: the code “{code}” stands on line {other} too; correct one of them",
)
TOO_MANY = Pair("{path} 里的部门超过 {most} 个", "{path} lists more than {most} departments")
NOBODY = Pair("{path} 里一个部门也没有", "{path} lists no department")
NO_AMOUNT = Pair(
    "{path} 第 {row} 行的{column}“{text}”不是金额（万元）；请改正后再用",
    "{path}, line {row}: {column} “{text}” is no amount (万元); correct it",
)
HEADER_WITHIN = 20
"""Lines of a sheet that are looked through for the titles: a roster often has a heading above them."""
_BESIDE = re.compile(r"[\s*＊]|[（(]万元[)）]$")


@dataclass(frozen=True, slots=True)
class Department:
    """One line of the roster; `values` holds its cells by column name (numbers stay numbers)."""

    code: str
    name: str
    office: str = ""
    parent: str = ""
    values: dict[str, str | int | float] = field(default_factory=dict)


@dataclass(frozen=True)
class Roster:
    """The departments expected to report, in the roster's order; `ignored` names columns that mean nothing here."""

    departments: tuple[Department, ...]
    ignored: tuple[str, ...] = ()

    def find(self, code: str, name: str) -> Department | None:
        """Return the department of that code, or of that name where the code is another department's, or None."""
        return self._directory.find(code, name)

    @cached_property
    def _directory(self) -> Directory[Department]:
        return Directory((d.code, d.name, d) for d in reversed(self.departments))


def read_roster(path: Path) -> Roster:
    """Read a roster; raise UsageError (one line, what to do) when it cannot be one."""
    for lines in read_tables(path, WHAT).values():
        for place, line in enumerate(lines[:HEADER_WITHIN]):
            titles = [plain_text(cell).strip() for cell in line.cells]
            places = column_places(titles)
            if CODE in places and NAME in places:
                return _departments(path, titles, places, lines[place + 1 :])
    raise UsageError(NO_COLUMNS.format(path=path, code=CODE, name=NAME, columns=joined(map(same, COLUMNS))))


def column_places(titles: Sequence[str]) -> dict[str, int]:
    """Return where each column stands: under its own name, else under the first of those it is also called by."""
    plain = [_BESIDE.sub("", title) for title in titles]
    found: dict[str, int] = {}
    for column in COLUMNS:
        known = (name for name in (column, *ALSO_CALLED.get(column, ())) if name in plain)
        name = next(known, None)
        if name is not None:
            found[column] = plain.index(name)
    return found


def _departments(path: Path, titles: list[str], places: dict[str, int], lines: Sequence[Line]) -> Roster:
    found: list[Department] = []
    seen: dict[str, int] = {}
    for line in lines:
        row, number = line.cells, line.number
        cells = {title: row[at] for title, at in places.items() if at < len(row) and row[at] not in (None, "")}
        if not cells:
            continue
        code, name = (plain_text(cells.get(t)).strip() for t in (CODE, NAME))
        code = plain_code(code)
        if not code or not name:
            raise UsageError(GAP.format(path=path, row=number, column=NAME if code else CODE))
        if code in seen:
            raise UsageError(TWICE.format(path=path, row=number, code=code, other=seen[code]))
        seen[code] = number
        if len(found) >= MOST:
            raise UsageError(TOO_MANY.format(path=path, most=MOST))
        values: dict[str, str | int | float] = {}
        for title, cell in cells.items():
            value = _amount(path, number, title, cell) if title == APPROVED else plain_text(cell).strip()
            if value is not None:
                values[title] = code if title == CODE else value
        found.append(Department(code, name, str(values.get(OFFICE, "")), str(values.get(PARENT, "")), values))
    if not found:
        raise UsageError(NOBODY.format(path=path))
    used = set(places.values())
    return Roster(tuple(found), tuple(t for at, t in enumerate(titles) if t and at not in used))


def _amount(path: Path, row: int, title: str, cell: object) -> float | None:
    """The number in a cell, however it was written, for it goes into workbooks as one; None for a dash."""
    written = read_number(cell, "万元")
    if written.value is None and written.blank is None:
        text = plain_text(cell)[:60]
        raise UsageError(NO_AMOUNT.format(path=path, row=row, column=title, text=text))
    return written.value
