"""The members of a .zip, and what its names say on a Chinese computer."""

from __future__ import annotations

import contextlib
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from xltools.errors import UnreadableFile
from xltools.intake.files.archives.sink import Member, Sink, pieces_of
from xltools.intake.files.bounds import ArchiveLimits

_UTF8_FLAG, _ENCRYPTED_FLAG = 0x800, 0x1
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2)


def unzip(path: Path, folder: Path, passwords: tuple[str, ...], limits: ArchiveLimits) -> list[Member]:
    sink = Sink(folder, limits)
    try:
        archive = zipfile.ZipFile(path)
    except Exception as error:  # noqa: BLE001 - zipfile answers damage with a dozen kinds of exception
        raise UnreadableFile("archive_damaged", error=str(error)[:200]) from None
    with archive:
        for info in archive.infolist():
            name = member_name(info)
            if name.endswith(("/", "\\")) and not info.file_size:
                continue
            if stat.S_ISLNK(info.external_attr >> 16):
                sink.refuse(name, "link_member")
            elif not sink.accept(name):
                continue
            elif info.compress_type not in _PACKINGS:
                sink.refuse(name, "unsupported_compression")
            else:
                sink.write(name, _zip_pieces(archive, info, passwords), info.compress_size)
    return sink.members


def _zip_pieces(archive: zipfile.ZipFile, info: zipfile.ZipInfo, passwords: tuple[str, ...]) -> Iterator[bytes]:
    if not info.flag_bits & _ENCRYPTED_FLAG:
        with archive.open(info) as file:
            yield from pieces_of(file)
        return
    for password in passwords:
        for spelled in dict.fromkeys((password.encode("utf-8"), password.encode("gb18030"))):
            # the check byte lets one wrong password in 256 through: only the checksum at the end tells
            with (
                contextlib.suppress(RuntimeError, zipfile.BadZipFile, zlib.error),
                archive.open(info, pwd=spelled) as file,
            ):
                content = file.read(info.file_size + 1)
                yield content
                return
    raise UnreadableFile("encrypted")


def member_name(info: zipfile.ZipInfo) -> str:
    """Return a member's name: UTF-8 where the zip says or shows so, else GBK, as Chinese Windows writes it.

    zipfile has read unflagged names as code page 437 and, on Windows, taken 0x5C for a separator: both are undone here,
    since that byte is the second half of many a Chinese character.
    """
    name = info.orig_filename
    if info.flag_bits & _UTF8_FLAG:
        return name
    with contextlib.suppress(UnicodeEncodeError):
        raw = name.encode("cp437")
        unicode_name = _unicode_path(info.extra, raw)
        for encoding, text in (("utf-8", unicode_name or raw), ("gb18030", raw)):
            with contextlib.suppress(UnicodeDecodeError):
                return text.decode(encoding)
    return name


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
