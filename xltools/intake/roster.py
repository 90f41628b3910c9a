"""The coordinator's roster (名册): .xlsx or .csv, one row a department, or one a project where its columns say so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from xltools.bilingual import Pair, joined, same
from xltools.errors import UsageError
from xltools.form.roster_words import plain_title, roster_words
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
    "{path} 第 {row} 行的{column}“{code}”与第 {other} 行重复；请改正后再用",
    "{path}, line {row}: {column} “{code}” stands on line {other} too; correct one of them",
)
TOO_MANY = Pair("{path} 里的部门超过 {most} 个", "{path} lists more than {most} departments")
NOBODY = Pair("{path} 里一个部门也没有", "{path} lists no department")
NO_AMOUNT = Pair(
    "{path} 第 {row} 行的{column}“{text}”不是金额（万元）；请改正后再用",
    "{path}, line {row}: {column} “{text}” is no amount (万元); correct it",
)
HEADER_WITHIN = 20
"""Lines of a sheet that are looked through for the titles: a roster often has a heading above them."""


@dataclass(frozen=True, slots=True)
class Department:
    """One line of the roster: a department, or another subject (a project) with its own code and name.

    `values` holds the cells of the known columns by name (numbers stay numbers), `more` those of all other columns, by
    their titles, as they stand there."""

    code: str
    name: str
    office: str = ""
    parent: str = ""
    values: dict[str, str | int | float] = field(default_factory=dict)
    more: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Roster:
    """The departments expected to report, in the roster's order; `ignored` names columns that are none of its own: a form
    may ask for what stands in them."""

    departments: tuple[Department, ...]
    ignored: tuple[str, ...] = ()

    def find(self, code: str, name: str) -> Department | None:
        """Return the department of that code, or of that name where the code is another department's, or None."""
        return self._directory.find(code, name)

    @cached_property
    def _directory(self) -> Directory[Department]:
        return Directory((d.code, d.name, d) for d in reversed(self.departments))


@dataclass(frozen=True, slots=True)
class _Head:
    """The line of titles: where each known column stands, and what a line's code and name are called."""

    titles: list[str]
    places: dict[str, int]
    code: str
    name: str


def read_roster(path: Path) -> Roster:
    """Read a roster; raise UsageError (one line, what to do) when it cannot be one."""
    for lines in read_tables(path, WHAT).values():
        for place, line in enumerate(lines[:HEADER_WITHIN]):
            head = _head([plain_text(cell).strip() for cell in line.cells])
            if head is not None:
                return _departments(path, head, lines[place + 1 :])
    raise UsageError(NO_COLUMNS.format(path=path, code=CODE, name=NAME, columns=joined(map(same, COLUMNS))))


def _head(titles: list[str]) -> _Head | None:
    """Return what these titles say, None where they name no code and name. Another subject's columns go before the
    department's, which then are columns like any other."""
    plain = [plain_title(title)[0] for title in titles]
    for subject in roster_words().subject:
        code, name = (next((n for n in names if n in plain), None) for names in (subject.code, subject.name))
        if code is not None and name is not None:
            found = {subject.code[0]: plain.index(code), subject.name[0]: plain.index(name)}
            others = {c: at for c, at in _column_places(titles).items() if c not in (CODE, NAME)}
            rest = {column: at for column, at in others.items() if at not in found.values()}
            return _Head(titles, found | rest, subject.code[0], subject.name[0])
    places = _column_places(titles)
    return _Head(titles, places, CODE, NAME) if CODE in places and NAME in places else None


def _column_places(titles: Sequence[str]) -> dict[str, int]:
    """Return where each column stands: under its own name, else under the first of those it is also called by."""
    found: dict[str, int] = {}
    parts = [plain_title(title) for title in titles]
    plain = [title if unit in ("", "万元") else "" for title, unit in parts]
    for column in COLUMNS:
        known = (name for name in (column, *ALSO_CALLED.get(column, ())) if name in plain)
        name = next(known, None)
        if name is not None:
            found[column] = plain.index(name)
    return found


def _departments(path: Path, head: _Head, lines: Sequence[Line]) -> Roster:
    found: list[Department] = []
    seen: dict[str, int] = {}
    used = set(head.places.values())
    others = {title: at for at, title in enumerate(head.titles) if title and at not in used}
    for line in lines:
        row, number = line.cells, line.number
        cells = {title: row[at] for title, at in head.places.items() if at < len(row) and row[at] not in (None, "")}
        if not cells:
            continue
        code, name = (plain_text(cells.get(t)).strip() for t in (head.code, head.name))
        code = plain_code(code)
        if not code or not name:
            raise UsageError(GAP.format(path=path, row=number, column=head.name if code else head.code))
        if code in seen:
            raise UsageError(TWICE.format(path=path, row=number, column=head.code, code=code, other=seen[code]))
        seen[code] = number
        if len(found) >= MOST:
            raise UsageError(TOO_MANY.format(path=path, most=MOST))
        values: dict[str, str | int | float] = {}
        for title, cell in cells.items():
            value = _amount(path, number, title, cell) if title == APPROVED else plain_text(cell).strip()
            if value is not None:
                values[title] = code if title == head.code else value
        more = {title: row[at] for title, at in others.items() if at < len(row) and row[at] not in (None, "")}
        found.append(Department(code, name, str(values.get(OFFICE, "")), str(values.get(PARENT, "")), values, more))
    if not found:
        raise UsageError(NOBODY.format(path=path))
    return Roster(tuple(found), tuple(others))


def _amount(path: Path, row: int, title: str, cell: object) -> float | None:
    """The number in a cell, however it was written, for it goes into workbooks as one; None for a dash."""
    written = read_number(cell, "万元")
    if written.value is None and written.blank is None:
        text = plain_text(cell)[:60]
        raise UsageError(NO_AMOUNT.format(path=path, row=row, column=title, text=text))
    return written.value
