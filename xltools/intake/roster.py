"""The coordinator's roster of departments (名册): .xlsx or .csv, one row a department."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from xltools.errors import UsageError
from xltools.intake.cells.written import plain_text, read_number
from xltools.intake.directory import Directory

CODE, NAME, OFFICE, PARENT = "部门编码", "部门名称", "归口科室", "主管部门"
SCOPE = "口径"
"""本级: a head department's workbook holds its own figures only; anything else: its units' figures too."""
APPROVED = "财政核定全年预算数"
COLUMNS = (CODE, NAME, OFFICE, "联系人", "电话", APPROVED, PARENT, SCOPE)


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
    if not path.is_file():
        raise UsageError(f"没有这个名册文件：{path}")
    rows = list(_csv_rows(path) if path.suffix.lower() in (".csv", ".txt") else _xlsx_rows(path))
    for number, row in enumerate(rows[:20]):
        titles = [str(cell or "").strip() for cell in row]
        if CODE in titles and NAME in titles:
            return _departments(path, titles, rows[number + 1 :], number + 2)
    raise UsageError(f"{path} 里没有“{CODE}”“{NAME}”两列；名册的第一行应为列名：{'、'.join(COLUMNS)}")


def _departments(path: Path, titles: list[str], rows: Sequence[Sequence[object]], first: int) -> Roster:
    places = {title: titles.index(title) for title in COLUMNS if title in titles}
    found: list[Department] = []
    seen: dict[str, int] = {}
    for number, row in enumerate(rows, start=first):
        cells = {title: row[at] for title, at in places.items() if at < len(row) and row[at] not in (None, "")}
        if not cells:
            continue
        code, name = (plain_text(cells.get(t)).strip() for t in (CODE, NAME))
        if not code or not name:
            raise UsageError(f"{path} 第 {number} 行缺少{NAME if code else CODE}；请补填后再用")
        if code in seen:
            raise UsageError(f"{path} 第 {number} 行的部门编码“{code}”与第 {seen[code]} 行重复；请改正后再用")
        seen[code] = number
        values: dict[str, str | int | float] = {}
        for title, cell in cells.items():
            value = _amount(path, number, title, cell) if title == APPROVED else plain_text(cell).strip()
            if value is not None:
                values[title] = value
        found.append(Department(code, name, str(values.get(OFFICE, "")), str(values.get(PARENT, "")), values))
    if not found:
        raise UsageError(f"{path} 里一个部门也没有")
    return Roster(tuple(found), tuple(t for t in titles if t and t not in COLUMNS))


def _amount(path: Path, row: int, title: str, cell: object) -> float | None:
    """The number in a cell, however it was written, for it goes into workbooks as one; None for a dash."""
    written = read_number(cell, "万元")
    if written.value is None and written.blank is None:
        raise UsageError(f"{path} 第 {row} 行的{title}“{plain_text(cell)}”不是金额（万元）；请改正后再用")
    return written.value


def _xlsx_rows(path: Path) -> Iterable[Sequence[object]]:
    import openpyxl

    try:
        book = openpyxl.load_workbook(path, read_only=False, data_only=True)
    except Exception as error:  # noqa: BLE001 - openpyxl raises many kinds; the operator needs one line
        raise UsageError(f"名册 {path} 打不开（{type(error).__name__}）；请另存为 .xlsx 或 .csv 再用") from None
    for sheet in book.worksheets:
        yield from sheet.iter_rows(
            values_only=True, max_row=min(sheet.max_row, 20_000), max_col=min(sheet.max_column, 60)
        )


def _csv_rows(path: Path) -> Iterable[Sequence[object]]:
    data = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return list(csv.reader(io.StringIO(text)))
    raise UsageError(f"名册 {path} 的编码读不懂；请另存为 UTF-8 或 .xlsx")
