"""Where an archive's members are written: numbered files of one folder, counted, never under the name that was sent.

A member's own name is only ever shown: it never becomes a path, so it cannot leave the folder it is written to.
"""

from __future__ import annotations

import contextlib
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO

from xltools.bilingual import Pair
from xltools.errors import UnreadableFile, UsageError
from xltools.intake.files.bounds import MIB, ArchiveLimits

PIECE = 1 << 18
_SMALL = 64 * MIB
"""What an archive of any size may unpack to; beyond, its members together are held to the ratio that each is."""
NO_ROOM = Pair(
    "临时文件夹 {folder} 写不下解压的文件（{error}）；请清理磁盘，或用环境变量 TMPDIR（Windows 上为 TEMP）另指一个",
    "the temporary folder {folder} does not take what is unpacked ({error}); free some space, or set TMPDIR (TEMP)",
)
DAMAGE = (
    *(OSError, EOFError, ValueError, RuntimeError, struct.error),  # RuntimeError: also a method that is not supported
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, tarfile.TarError),
)


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive: its name as sent, and where it was written, or why it was not (a reason of cards)."""

    name: str
    path: Path | None
    problem: str = ""


class Sink:
    """Writes members to numbered files of one folder and counts what they cost."""

    def __init__(self, folder: Path, limits: ArchiveLimits, packed: int) -> None:
        self.folder, self.limits = folder, limits
        self.most = min(limits.unpacked_bytes, max(_SMALL, packed * limits.member_ratio))
        self.members: list[Member] = []
        self.names: set[str] = set()
        self.total = 0

    def refuse(self, name: str, problem: str) -> None:
        self.members.append(Member(name, None, problem))
        if len(self.members) > self.limits.members:
            raise UnreadableFile("too_many_members", limit=self.limits.members)

    def accept(self, name: str) -> bool:
        """False (and said) when a member's name shows that the archive was made to deceive."""
        pieces = name.replace("\\", "/").split("/")
        if name.startswith(("/", "\\")) or ".." in pieces or (len(pieces[0]) == 2 and pieces[0].endswith(":")):
            self.refuse(name, "escaping_member")
        elif name in self.names:
            self.refuse(name, "duplicate_member")
        else:
            self.names.add(name)
            return True
        return False

    def write(self, name: str, pieces: Iterator[bytes], packed: int | None = None) -> None:
        """Write one member; what its pieces cost beyond the bounds, or that they are damaged, is said of it alone."""
        path = self.folder / f"{len(self.members):05}.bin"
        cap = self.limits.member_bytes
        if packed is not None:
            cap = min(cap, max(MIB, packed * self.limits.member_ratio))
        size = 0
        try:
            with _opened(path) as file:
                for piece in pieces:
                    size += len(piece)
                    self.total += len(piece)
                    if size > cap:
                        raise UnreadableFile("too_large")
                    if self.total > self.most:
                        raise UnreadableFile("archive_too_large", limit=self.most)
                    _put(file, piece)
        except UnreadableFile as error:
            path.unlink()
            if error.reason == "archive_too_large":
                raise
            self.refuse(name, error.reason)
        except DAMAGE as error:
            path.unlink(missing_ok=True)
            self.refuse(name, _damage(error))
        else:
            self.members.append(Member(name, path))
            if len(self.members) > self.limits.members:
                raise UnreadableFile("too_many_members", limit=self.limits.members)


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("wb")
    except OSError as error:
        raise UsageError(NO_ROOM.format(folder=path.parents[2], error=error.strerror)) from None


def _put(file: BinaryIO, piece: bytes) -> None:
    """Write a piece; that there is no room for it is ours to mend, not the sender's."""
    try:
        file.write(piece)
        file.flush()
    except OSError as error:
        with contextlib.suppress(OSError):
            file.close()
        raise UsageError(NO_ROOM.format(folder=Path(str(file.name)).parents[2], error=error.strerror)) from None


def _damage(error: Exception) -> str:
    text = str(error).lower()
    if "crc" in text:
        return "bad_crc"
    if "password" in text or "encrypted" in text:
        return "encrypted"
    return "truncated" if isinstance(error, EOFError) else "corrupt"


def pieces_of(file: IO[bytes] | BinaryIO) -> Iterator[bytes]:
    while piece := file.read(PIECE):
        yield piece
