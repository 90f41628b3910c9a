"""Workbooks that other programs write lawfully and calamine does not read, told anew so that it does.

An .ods whose XML is indented (gnumeric, SheetJS): calamine takes the blanks between two cells for an error. An .xlsb with
short cell records (SheetJS), whose column is one more than the cell's before: calamine passes over them in silence.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator

from xltools.errors import UnreadableFile
from xltools.intake.files.bounds import FileLimits
from xltools.intake.files.zip_directory import ZipEntry, fed, packed_start, unpacked, zip_entries

_BETWEEN = re.compile(rb">[ \t]*\r?\n[ \t\r\n]*<")
_LONG = {12: 1, 13: 2, 14: 3, 15: 4, 16: 5, 17: 6, 18: 7}
"""Short record of a cell → the one that names its column."""
_ROW, _CELLS = 0, range(1, 12)
_SHEET = re.compile(r"xl/worksheets/[^/]+\.bin", re.IGNORECASE)


def retold(data: bytes, kind: str, limits: FileLimits) -> bytes:
    """Return an .ods or .xlsb as calamine reads it; the same bytes of any other file. Raises UnreadableFile."""
    if kind == "ods":
        return _repacked(data, limits, lambda name: name == "content.xml", lambda text: _BETWEEN.sub(b"><", text))
    if kind == "xlsb":
        return _repacked(data, limits, lambda name: _SHEET.fullmatch(name) is not None, _with_columns)
    return data


def _repacked(
    data: bytes, limits: FileLimits, is_meant: Callable[[str], bool], change: Callable[[bytes], bytes]
) -> bytes:
    """Return a package with some parts changed; the same bytes where no part is."""
    file, budget = io.BytesIO(data), _Budget(limits)
    entries = {entry.name: entry for entry in zip_entries(file, limits.parts)}
    meant = {name: _part(file, entry, budget) for name, entry in entries.items() if is_meant(name)}
    changed = {name: change(text) for name, text in meant.items()}
    if changed == meant:
        return data
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, entry in sorted(entries.items(), key=lambda item: item[0] != "mimetype"):
            text = changed[name] if name in changed else _part(file, entry, budget)
            package.writestr(name, text, zipfile.ZIP_STORED if name == "mimetype" else None)
    return target.getvalue()


class _Budget:
    """What may still be unpacked."""

    def __init__(self, limits: FileLimits) -> None:
        self.limit = self.left = limits.expanded_bytes

    def take(self, piece: bytes) -> bytes:
        self.left -= len(piece)
        if self.left < 0:
            raise UnreadableFile("too_large", bytes=self.limit - self.left, limit=self.limit)
        return piece


def _part(file: io.BytesIO, entry: ZipEntry, budget: _Budget) -> bytes:
    file.seek(entry.start)
    file.seek(packed_start(file.read(30), entry))
    pieces = unpacked(fed(file.read(entry.packed)), entry.method, entry.name)
    return b"".join(budget.take(piece) for piece in pieces)


def _with_columns(part: bytes) -> bytes:
    """Return a sheet with every short cell record as the one that names its column."""
    if not any(number in _LONG for number, _, _ in _records(part)):
        return part
    found, column = bytearray(), -1
    for number, head, body in _records(part):
        if number == _ROW:
            column = -1
        elif number in _LONG:
            column += 1
            found += bytes((_LONG[number],)) + _length(len(body) + 4) + column.to_bytes(4, "little") + body
            continue
        elif number in _CELLS and len(body) >= 4:
            column = int.from_bytes(body[:4], "little")
        found += head + body
    return bytes(found)


def _records(part: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Yield each record: its number, its head as it stands, its body."""
    at, end = 0, len(part)
    while at < end:
        start = at
        number = part[at]
        at += 1
        if number & 0x80 and at < end:
            number = number & 0x7F | (part[at] & 0x7F) << 7
            at += 1
        length = 0
        for shift in (0, 7, 14, 21):
            if at >= end:
                break
            byte = part[at]
            at += 1
            length |= (byte & 0x7F) << shift
            if not byte & 0x80:
                break
        yield number, part[start:at], part[at : at + length]
        at += length


def _length(value: int) -> bytes:
    """Return a record's length as it is written."""
    found = bytearray()
    while value > 0x7F:
        found.append(value & 0x7F | 0x80)
        value >>= 7
    found.append(value)
    return bytes(found)
