"""The members of a .7z, by py7zr."""

from __future__ import annotations

import io
import lzma
import struct
import zlib
from pathlib import Path
from typing import Any

from xltools.errors import UnreadableFile
from xltools.intake.files.archives.sink import Member, Sink
from xltools.intake.files.bounds import ArchiveLimits


def un7z(path: Path, folder: Path, passwords: tuple[str, ...], limits: ArchiveLimits) -> list[Member]:
    import py7zr
    from py7zr.exceptions import ArchiveError, PasswordRequired

    for password in (None, *passwords):
        sink = Sink(folder, limits, path.stat().st_size)
        factory = _factory(sink)
        try:
            with py7zr.SevenZipFile(path, "r", password=password) as archive:
                if password is None and archive.needs_password():
                    continue
                if len(archive.getnames()) > limits.members:
                    raise UnreadableFile("too_many_members", limit=limits.members)
                archive.extractall(factory=factory)
        except PasswordRequired:
            continue
        except (ArchiveError, OSError, EOFError, ValueError, lzma.LZMAError, zlib.error, struct.error) as error:
            if password is not None:
                continue
            raise UnreadableFile("archive_damaged", error=str(error)[:200]) from None
        factory.finish()
        return sink.members
    raise UnreadableFile("encrypted")


def _factory(sink: Sink) -> Any:
    """What py7zr asks for a place to write each member to: memory, bounded, then the sink's numbered files."""
    import py7zr.io

    class _Held(py7zr.io.Py7zIO):
        def __init__(self) -> None:
            self.content = io.BytesIO()

        def write(self, s: bytes | bytearray) -> int:
            count = self.content.write(s)
            if self.content.tell() > sink.limits.member_bytes:
                raise UnreadableFile("too_large")
            return count

        def read(self, size: int | None = None) -> bytes:
            return self.content.read(-1 if size is None else size)

        def seek(self, offset: int, whence: int = 0) -> int:
            return self.content.seek(offset, whence)

        def flush(self) -> None:
            self.content.flush()

        def size(self) -> int:
            return len(self.content.getbuffer())

    class _Holder(py7zr.io.WriterFactory):
        def __init__(self) -> None:
            self.held: list[tuple[str, _Held]] = []

        def create(self, filename: str) -> Any:
            self.held.append((filename, _Held()))
            return self.held[-1][1]

        def finish(self) -> None:
            for name, held in self.held:
                if sink.accept(name):
                    sink.write(name, iter((held.content.getvalue(),)))

    return _Holder()
