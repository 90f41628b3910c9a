"""The members of a .tar, packed or not, and files that were packed singly (.gz, .bz2, .xz)."""

from __future__ import annotations

import bz2
import gzip
import lzma
import tarfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from xltools.errors import UnreadableFile
from xltools.intake.files.archives.sink import Member, Sink, pieces_of
from xltools.intake.files.bounds import ArchiveLimits
from xltools.intake.files.container import Kind, kind_of_file
from xltools.intake.files.names import readable

_LOOKS = 8
"""Looks behind a stream's end that reading a whole archive may take."""
_HEADERS = 2_048
"""Bytes of a member that are no content: its header, a long name, what fills its last block."""
_OPENERS: dict[Kind, Callable[[Path], Any]] = {"gz": gzip.open, "bz2": bz2.open, "xz": lzma.open, "tar": open}


def untar(path: Path, folder: Path, _: tuple[str, ...], limits: ArchiveLimits) -> list[Member]:
    kind = kind_of_file(path)
    try:
        with _OPENERS[kind](path) if kind != "tar" else path.open("rb") as stream:
            head = stream.read(512)
        with _OPENERS[kind](path) if kind != "tar" else path.open("rb") as stream:
            sink = Sink(folder, limits, path.stat().st_size)
            if head[257:262] == b"ustar":
                _tar_members(stream, sink)
            else:
                name = path.name.removesuffix("." + kind)
                sink.write(name, pieces_of(stream), path.stat().st_size)
    except (tarfile.TarError, OSError, EOFError, zlib.error, lzma.LZMAError) as error:
        raise UnreadableFile("archive_damaged", error=str(error)[:200]) from None
    return sink.members


class _Counted:
    """A stream that is read to its end and within bounds, whatever sizes its members declare: what skips a member reads
    on and on where there is nothing."""

    def __init__(self, stream: IO[bytes], most: int) -> None:
        self._stream, self._left, self._most, self._ends = stream, most, most, 0

    def read(self, size: int) -> bytes:
        """Return the next bytes. Raises EOFError when they are asked for again and again behind the end."""
        piece = self._stream.read(size)
        self._left -= len(piece)
        self._ends += not piece
        if self._left < 0:
            raise UnreadableFile("archive_too_large", limit=self._most)
        if self._ends > _LOOKS:
            raise EOFError
        return piece


def _tar_members(stream: IO[bytes], sink: Sink) -> None:
    counted: Any = _Counted(stream, sink.most + _HEADERS * sink.limits.members)
    try:
        _members(counted, sink)
    except EOFError:  # the member that ends too early was refused already
        if not sink.members:
            raise


def _members(stream: IO[bytes], sink: Sink) -> None:
    with tarfile.open(fileobj=stream, mode="r|", encoding="utf-8", errors="surrogateescape") as archive:
        for info in archive:
            name = readable(info.name)
            if info.isdir():
                continue
            if not info.isfile():
                sink.refuse(name, "link_member")
            elif sink.accept(name):
                file = archive.extractfile(info)
                sink.write(name, pieces_of(file) if file is not None else iter(()))
