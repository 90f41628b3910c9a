"""The entries of a zip and their bytes, by our own count: nothing a zip declares about itself is believed.

Reasons given by `UnreadableFile.reason` here: empty, not_zip, truncated, too_many_parts, encrypted, corrupt,
unsupported_compression.
"""

from __future__ import annotations

import bz2
import io
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from xltools.errors import UnreadableFile
from xltools.intake.files.bounds import MIB

STORED, DEFLATED, BZIP2 = 0, 8, 12
ENCRYPTED, UTF8 = 0x1, 0x800
PIECE = MIB
"""What is unpacked at a time; most parts are one piece."""
_FEED = 1 << 18  # packed bytes handed on at a time, so that an unconsumed tail stays cheap to copy
_END = struct.Struct("<4s4H2LH")
_END64, _LOCATOR = struct.Struct("<4sQ2H2L4Q"), struct.Struct("<4sLQL")
_ENTRY = struct.Struct("<4s6H3L5H2L")
_LONGEST_COMMENT = 0xFFFF
_IN_ZIP64 = 0xFFFFFFFF
_ENTRY_BYTES = 1024  # of directory for each entry that is allowed; a real one takes a third
_LEAST_BYTES = 1 << 16


@dataclass(frozen=True, slots=True)
class ZipEntry:
    """One entry as the directory has it; `start` is where its local header stands in the file."""

    raw_name: bytes
    flags: int
    method: int
    start: int
    packed: int
    size: int
    crc: int
    mode: int  # as a POSIX system tells it, else 0
    extra: bytes
    time: int

    @property
    def name(self) -> str:
        """The name: UTF-8 where the entry says so, else the code page that every zip program falls back to."""
        return self.raw_name.partition(b"\0")[0].decode("utf-8" if self.flags & UTF8 else "cp437", "replace")


def zip_entries(file: BinaryIO, most: int) -> list[ZipEntry]:
    """Return the entries of a zip, of which there may be `most`. Raises UnreadableFile."""
    size = file.seek(0, io.SEEK_END)
    if not size:
        raise UnreadableFile("empty")
    try:
        length, start, declared = _directory_place(file, size)
        if length > max(_LEAST_BYTES, most * _ENTRY_BYTES):
            raise UnreadableFile("too_many_parts", limit=most)
        file.seek(start)
        return _entries(file.read(length), start - declared, most)
    except (struct.error, ValueError, OSError) as error:
        file.seek(0)
        head = file.read(8)
        reason = "truncated" if head.startswith(b"PK\x03\x04") else "not_zip"
        raise UnreadableFile(reason, error=str(error)[:200], head=head.hex()) from None


def _directory_place(file: BinaryIO, size: int) -> tuple[int, int, int]:
    """How long the directory is, where it begins, and where it says it begins. Raises ValueError."""
    tail_start = max(0, size - _END.size - _LONGEST_COMMENT)
    file.seek(tail_start)
    tail = file.read(_END.size + _LONGEST_COMMENT)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0:
        raise ValueError("no end of the directory")
    _, _, _, _, _, length, declared, _ = _END.unpack_from(tail, at)
    end = tail_start + at
    if end >= _LOCATOR.size + _END64.size:
        file.seek(end - _LOCATOR.size - _END64.size)
        larger = file.read(_LOCATOR.size + _END64.size)
        if larger.startswith(b"PK\x06\x06") and larger[_END64.size :].startswith(b"PK\x06\x07"):
            length, declared = _END64.unpack_from(larger)[8:10]
            end -= _LOCATOR.size + _END64.size
    if length > end:
        raise ValueError("the directory begins before the file")
    return length, end - length, declared


def _entries(data: bytes, shift: int, most: int) -> list[ZipEntry]:
    """The entries of a directory; `shift` is how far the whole zip was moved by what stands before it."""
    found: list[ZipEntry] = []
    at = 0
    while at < len(data):
        fields = _ENTRY.unpack_from(data, at)
        if fields[0] != b"PK\x01\x02":
            raise ValueError("no entry where one should be")
        if len(found) >= most:
            raise UnreadableFile("too_many_parts", limit=most)
        _, made_by, _, flags, method, time, _, crc, packed, size, name, extra, comment, _, _, outside, start = fields
        at += _ENTRY.size
        tail = data[at + name : at + name + extra]
        if len(tail) < extra:
            raise ValueError("the directory is cut")
        size, packed, start = _zip64(tail, size, packed, start)
        mode = outside >> 16 if made_by >> 8 == 3 else 0
        found.append(
            ZipEntry(data[at : at + name], flags, method, max(start + shift, 0), packed, size, crc, mode, tail, time)
        )
        at += name + extra + comment
    return found


def _zip64(extra: bytes, *sizes: int) -> list[int]:
    """Sizes and place of an entry, where they do not fit four bytes taken from the extra field made for that."""
    found = list(sizes)
    if _IN_ZIP64 not in found:
        return found
    at = 0
    while at + 4 <= len(extra):
        number, length = struct.unpack_from("<HH", extra, at)
        if number == 1:
            body = extra[at + 4 : at + 4 + length]
            for index, size in enumerate(found):
                if size == _IN_ZIP64:
                    (found[index],) = struct.unpack_from("<Q", body)
                    body = body[8:]
            break
        at += 4 + length
    return found


def packed_start(head: bytes, entry: ZipEntry) -> int:
    """Return where an entry's packed bytes begin, by its local header (30 bytes). Raises UnreadableFile."""
    if len(head) < 30:
        raise UnreadableFile("truncated", part=entry.name)
    if head[:4] != b"PK\x03\x04":
        raise UnreadableFile("corrupt", part=entry.name, error="no local header")
    if (head[6] ^ entry.flags) & ENCRYPTED:
        raise UnreadableFile("encrypted", part=entry.name)
    return entry.start + 30 + int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")


def fed(raw: bytes | memoryview) -> Iterator[bytes | memoryview]:
    """Yield bytes in the amounts an unpacker is fed with."""
    for start in range(0, len(raw), _FEED):
        yield raw[start : start + _FEED]


def unpacked(feeds: Iterator[bytes | memoryview], method: int, name: str = "") -> Iterator[bytes]:
    """Yield what packed bytes hold, at most a piece at a time, whatever they claim. Raises UnreadableFile."""
    if method == STORED:
        for feed in feeds:
            yield bytes(feed)
    elif method == DEFLATED:
        yield from _inflated(feeds, name)
    elif method == BZIP2:
        yield from _unbzipped(feeds, name)
    else:
        raise UnreadableFile("unsupported_compression", part=name, method=method)


def _inflated(feeds: Iterator[bytes | memoryview], name: str) -> Iterator[bytes]:
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for feed in feeds:
            while len(feed) and not stream.eof:
                piece = stream.decompress(feed, PIECE)
                feed = stream.unconsumed_tail
                if piece:
                    yield piece
        while not stream.eof:  # zlib may still hold output back
            piece = stream.decompress(b"", PIECE)
            if not piece:
                raise UnreadableFile("truncated", part=name)
            yield piece
    except zlib.error as error:
        raise UnreadableFile("corrupt", part=name, error=str(error)) from error


def _unbzipped(feeds: Iterator[bytes | memoryview], name: str) -> Iterator[bytes]:
    stream = bz2.BZ2Decompressor()
    try:
        for feed in feeds:
            while not stream.eof:
                piece = stream.decompress(feed, PIECE)
                feed = b""
                if piece:
                    yield piece
                if stream.needs_input:
                    break
        if not stream.eof:
            raise UnreadableFile("truncated", part=name)
    except (OSError, ValueError) as error:
        raise UnreadableFile("corrupt", part=name, error=str(error)) from error
