"""Workbooks that are not .xlsx: .xls, .et, .xlsb and .ods through calamine, and encrypted ones with a password.

calamine can abort the process and a decryption can be made to take for ever, so both run in a watched process only.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from xltools.errors import UnreadableFile
from xltools.intake.files.bounds import FileLimits, WorkLimits
from xltools.intake.files.container import Kind, kind_of, streams_of
from xltools.intake.files.retold import retold
from xltools.intake.files.worker import run_watched
from xltools.intake.xlsx.book import read_book
from xltools.intake.xlsx.model import Book, Cell, Sheet

LEGACY = frozenset({"xls", "xlsb", "ods"})
LACKS = ("formulas", "names", "protection", "validations", "number_formats", "error_values", "active_content")
"""What is not read from a workbook in one of these formats."""

_SPINS = 1_000_000  # rounds of the key derivation; Office writes 100,000
_GRID = 40_000_000  # cells walked over, the empty ones too


def read_foreign(
    data: bytes, kind: Kind, passwords: Sequence[str], limits: FileLimits, work: WorkLimits
) -> tuple[Book, bool]:
    """Return the workbook, and whether a password opened it. Raises UnreadableFile."""
    return run_watched(_read, (data, kind, tuple(passwords), limits), work)


def _read(data: bytes, kind: Kind, passwords: tuple[str, ...], limits: FileLimits) -> tuple[Book, bool]:
    opened = False
    if kind == "encrypted" or (kind == "xls" and _has_filepass(data)):
        data, opened = _decrypted(data, passwords, limits), True
        kind = kind_of(data)
    if kind in LEGACY:
        return _legacy(data, kind, limits), opened
    return read_book(data, limits), opened


# ── legacy formats ────────────────────────────────────────────────────────────────────────────────────────────────────


def _legacy(data: bytes, kind: Kind, limits: FileLimits) -> Book:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        told = _usual_names(data) if kind == "xls" else retold(data, kind, limits)
        source = CalamineWorkbook.from_filelike(io.BytesIO(told))
        book = Book(format=kind, number_formats=["General", "yyyy-mm-dd"])
        metadata = source.sheets_metadata
        if len(metadata) > limits.sheets:
            raise UnreadableFile("too_many_sheets", sheets=len(metadata), limit=limits.sheets)
        budget = _Budget(limits)
        for index, found in enumerate(metadata):
            state = str(found.visible).rpartition(".")[2].lower()
            sheet = Sheet(found.name, {"visible": "visible", "hidden": "hidden"}.get(state, "veryHidden"))
            if str(found.typ).endswith("WorkSheet"):
                sheet.cells = dict(_cells(source.get_sheet_by_index(index), budget))
            else:
                sheet.kind = "chartsheet"
            book.sheets.append(sheet)
    except PasswordError:
        raise UnreadableFile("encrypted") from None
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise UnreadableFile("corrupt", error=str(error)[:200]) from None
    if not book.sheets:
        raise UnreadableFile("no_workbook")
    return book


def _usual_names(data: bytes) -> bytes:
    """An .xls whose stream is called WORKBOOK or BOOK, as some programs write it, under the name calamine looks for."""
    for name, at in streams_of(data):
        usual = {"WORKBOOK": "Workbook", "BOOK": "Book"}.get(name, "").encode("utf-16-le")
        if usual and data[at : at + len(usual)] != usual:
            data = data[:at] + usual + data[at + len(usual) :]
    return data


class _Budget:
    """What is left of the cells that may be walked over and kept."""

    def __init__(self, limits: FileLimits) -> None:
        self.limits, self.kept, self.walked, self.text = limits, 0, 0, limits.text_chars

    def walk(self, width: int) -> None:
        self.walked += width + 1
        if self.walked > _GRID:
            raise UnreadableFile("too_many_cells", limit=_GRID)

    def keep(self, cell: Cell) -> None:
        self.kept += 1
        self.text -= len(cell.value) if isinstance(cell.value, str) else 0
        if self.kept > self.limits.cells or self.text < 0:
            raise UnreadableFile("too_many_cells", limit=self.limits.cells)


def _cells(sheet: Any, budget: _Budget) -> Iterator[tuple[tuple[int, int], Cell]]:
    if sheet.start is None:
        return
    height, width = sheet.height, sheet.width
    if height * width > _GRID:
        raise UnreadableFile("too_many_cells", limit=_GRID)
    for row, values in enumerate(sheet.iter_rows(), start=1):
        budget.walk(len(values))
        for column, value in enumerate(values, start=1):
            if value is None or value == "":
                continue
            cell = _cell(value)
            budget.keep(cell)
            yield (row, column), cell


def _cell(value: object) -> Cell:
    if isinstance(value, bool):
        return Cell(value, "b", None, 0)
    if isinstance(value, int | float):
        whole = isinstance(value, float) and value.is_integer() and abs(value) < 1e15
        return Cell(int(value) if whole else value, "n", None, 0)
    if isinstance(value, date):  # a datetime is one too; as the number a workbook keeps, in a date's format
        moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
        days = (moment.replace(tzinfo=None) - datetime(1899, 12, 30)) / timedelta(days=1)
        return Cell(int(days) if days.is_integer() else days, "n", None, 1)
    if isinstance(value, time):
        return Cell(value.isoformat(), "s", None, 0)
    if isinstance(value, timedelta):
        return Cell(value / timedelta(days=1), "n", None, 0)
    return Cell(str(value), "s", None, 0)


# ── encryption ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _has_filepass(data: bytes) -> bool:
    """True when an .xls says, near the start of its stream, that the rest is encrypted."""
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as package:
            name = next(n for n in ("Workbook", "Book") if package.exists(n))
            head = package.openstream(name).read(4096)
    except Exception:  # noqa: BLE001 - a damaged file: the reader says which damage
        return False
    at = 0
    while at + 4 <= len(head):
        record, length = int.from_bytes(head[at : at + 2], "little"), int.from_bytes(head[at + 2 : at + 4], "little")
        if record == 0x2F:
            return True
        at += 4 + length
    return False


def _decrypted(data: bytes, passwords: tuple[str, ...], limits: FileLimits) -> bytes:
    """The workbook inside, by the first password that opens it; Excel's own for read-only workbooks is tried last."""
    import msoffcrypto

    _refuse_hostile_header(data)
    for password in (*passwords, "VelvetSweatshop"):
        target = io.BytesIO()
        try:
            source = msoffcrypto.OfficeFile(io.BytesIO(data))
            source.load_key(password=password)
            source.decrypt(target)
        except Exception:  # noqa: BLE001 - a wrong password and damage are answered with half a dozen kinds of exception
            continue
        found = target.getvalue()
        if kind_of(found) in ("xlsx", "xls", "xlsb"):
            if len(found) > limits.file_bytes:
                raise UnreadableFile("too_large", bytes=len(found), limit=limits.file_bytes)
            return found
    raise UnreadableFile("encrypted", tried=len(passwords))


def _refuse_hostile_header(data: bytes) -> None:
    """Refuse a key derivation that would take for ever, and entities in the description of the encryption."""
    import re

    if re.search(rb"<!(?:DOCTYPE|ENTITY)", data):
        raise UnreadableFile("dtd")
    for spins in re.findall(rb'spinCount="(\d{1,20})"', data):
        if int(spins) > _SPINS:
            raise UnreadableFile("endless_key", spins=int(spins))
