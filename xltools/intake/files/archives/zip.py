"""The members of a .zip, and what its names say on a Chinese computer."""

from __future__ import annotations

import contextlib
import stat
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from xltools.errors import UnreadableFile
from xltools.intake.files.archives.sink import Member, Sink
from xltools.intake.files.archives.zip_crypto import decrypted
from xltools.intake.files.bounds import ArchiveLimits
from xltools.intake.files.zip_directory import (
    BZIP2,
    DEFLATED,
    ENCRYPTED,
    STORED,
    ZipEntry,
    packed_start,
    unpacked,
    zip_entries,
)

_PACKINGS = (STORED, DEFLATED, BZIP2)
_AES = 99  # the method of an entry that is encrypted the newer way; its own stands in an extra field
_PIECE = 1 << 18


def unzip(path: Path, folder: Path, passwords: tuple[str, ...], limits: ArchiveLimits) -> list[Member]:
    """Write the members of a zip to `folder`, each counted as it is unpacked. Raises UnreadableFile for the archive."""
    sink = Sink(folder, limits, path.stat().st_size)
    with path.open("rb") as file:
        try:
            entries = zip_entries(file, limits.members)
        except UnreadableFile as error:
            reason = "too_many_members" if error.reason == "too_many_parts" else "archive_damaged"
            raise UnreadableFile(reason, **error.detail) from None
        for entry in entries:
            name = member_name(entry)
            if name.endswith(("/", "\\")) and not entry.packed:
                continue
            if stat.S_ISLNK(entry.mode):
                sink.refuse(name, "link_member")
            elif not sink.accept(name):
                continue
            elif entry.method == _AES:
                sink.refuse(name, "encrypted")
            elif entry.method not in _PACKINGS:
                sink.refuse(name, "unsupported_compression")
            else:
                sink.write(name, _content(file, entry, passwords, limits.member_bytes), entry.packed)
    return sink.members


def _content(file: BinaryIO, entry: ZipEntry, passwords: tuple[str, ...], most: int) -> Iterator[bytes]:
    """Yield what an entry holds; its checksum is verified at the end. Raises UnreadableFile."""
    file.seek(entry.start)
    start = packed_start(file.read(30), entry)
    if not entry.flags & ENCRYPTED:
        yield from _checked(unpacked(_feeds(file, start, entry.packed), entry.method), entry)
        return
    for password in passwords:
        for spelled in dict.fromkeys((password.encode("utf-8"), password.encode("gb18030"))):
            feeds = decrypted(_feeds(file, start, entry.packed), spelled, entry)
            content = None if feeds is None else _proved(feeds, entry, most)
            if content is not None:
                yield content
                return
    raise UnreadableFile("encrypted")


def _proved(feeds: Iterator[bytes], entry: ZipEntry, most: int) -> bytes | None:
    """What decrypted bytes hold, when the checksum at the end says that the password was right.

    The check byte at the beginning lets one wrong password in 256 through.
    """
    content = bytearray()
    try:
        for piece in _checked(unpacked(feeds, entry.method), entry):
            content += piece
            if len(content) > most:
                break
    except UnreadableFile:
        return None
    return bytes(content)


def _feeds(file: BinaryIO, start: int, count: int) -> Iterator[bytes]:
    file.seek(start)
    while count > 0:
        feed = file.read(min(_PIECE, count))
        if not feed:
            raise UnreadableFile("truncated")
        count -= len(feed)
        yield feed


def _checked(pieces: Iterator[bytes], entry: ZipEntry) -> Iterator[bytes]:
    crc = 0
    for piece in pieces:
        crc = zlib.crc32(piece, crc)
        yield piece
    if crc != entry.crc:
        raise UnreadableFile("bad_crc")


def member_name(entry: ZipEntry) -> str:
    """Return a member's name: UTF-8 where the zip says or shows so, else GBK, as Chinese Windows writes it."""
    raw = entry.raw_name.partition(b"\0")[0]
    unicode_name = _unicode_path(entry.extra, raw)
    for encoding, text in (("utf-8", unicode_name or raw), ("gb18030", raw)):
        with contextlib.suppress(UnicodeDecodeError):
            return text.decode(encoding)
    return entry.name


def _unicode_path(extra: bytes, raw: bytes) -> bytes | None:
    """The name in Info-ZIP's extra field 0x7075, if it is there and speaks of this very name."""
    at = 0
    while at + 4 <= len(extra):
        number, length = struct.unpack_from("<HH", extra, at)
        body = extra[at + 4 : at + 4 + length]
        if number == 0x7075 and len(body) > 5 and int.from_bytes(body[1:5], "little") == zlib.crc32(raw):
            return body[5:]
        at += 4 + length
    return None
