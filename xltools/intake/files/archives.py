"""Unpacks the archives that were sent: bounded, member by member, into files that we name ourselves.

A member's own name is only ever shown: it never becomes a path, so it cannot leave the folder it is written to.
"""

from __future__ import annotations

import bz2
import contextlib
import gzip
import io
import lzma
import shutil
import stat
import struct
import subprocess
import sys
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, BinaryIO

from xltools.errors import UnreadableFile
from xltools.intake.files.bounds import MIB, ArchiveLimits, WorkLimits
from xltools.intake.files.container import Kind
from xltools.intake.files.worker import run_watched

_PIECE = 1 << 18
_UTF8_FLAG, _ENCRYPTED_FLAG = 0x800, 0x1
_DAMAGE = (
    *(OSError, EOFError, ValueError, RuntimeError, struct.error),  # RuntimeError: also a method that is not supported
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, tarfile.TarError),
)
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2)


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive: its name as sent, and where it was written, or why it was not (a reason of cards)."""

    name: str
    path: Path | None
    problem: str = ""


class _Sink:
    """Writes members to numbered files of one folder and counts what they cost."""

    def __init__(self, folder: Path, limits: ArchiveLimits) -> None:
        self.folder, self.limits = folder, limits
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
            with path.open("wb") as file:
                for piece in pieces:
                    size += len(piece)
                    self.total += len(piece)
                    if size > cap:
                        raise UnreadableFile("too_large")
                    if self.total > self.limits.unpacked_bytes:
                        raise UnreadableFile("archive_too_large", limit=self.limits.unpacked_bytes)
                    file.write(piece)
        except UnreadableFile as error:
            path.unlink()
            if error.reason == "archive_too_large":
                raise
            self.refuse(name, error.reason)
        except _DAMAGE as error:
            path.unlink(missing_ok=True)
            self.refuse(name, _damage(error))
        else:
            self.members.append(Member(name, path))
            if len(self.members) > self.limits.members:
                raise UnreadableFile("too_many_members", limit=self.limits.members)


def _damage(error: Exception) -> str:
    text = str(error).lower()
    if "crc" in text:
        return "bad_crc"
    if "password" in text or "encrypted" in text:
        return "encrypted"
    return "truncated" if isinstance(error, EOFError) else "corrupt"


def unpack(
    path: Path, kind: Kind, folder: Path, passwords: Sequence[str], limits: ArchiveLimits, work: WorkLimits
) -> list[Member]:
    """Return the members of the archive at `path`, written to `folder`. Raises UnreadableFile for the archive.

    A zip is read here, piece by piece; the other kinds may take any memory they like and are read in a watched process.
    """
    if path.stat().st_size > limits.archive_bytes:
        raise UnreadableFile("archive_too_large", limit=limits.archive_bytes)
    if kind == "zip":
        return _unzip(path, folder, tuple(passwords), limits)
    watched = WorkLimits(limits.seconds, work.memory_bytes)
    return run_watched(_UNPACKERS[kind], (path, folder, tuple(passwords), limits), watched)


def _pieces(file: IO[bytes] | BinaryIO) -> Iterator[bytes]:
    while piece := file.read(_PIECE):
        yield piece


# ── zip ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _unzip(path: Path, folder: Path, passwords: tuple[str, ...], limits: ArchiveLimits) -> list[Member]:
    sink = _Sink(folder, limits)
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
            yield from _pieces(file)
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


# ── tar and single compressed files ───────────────────────────────────────────────────────────────────────────────────

_OPENERS: dict[Kind, Callable[[Path], Any]] = {"gz": gzip.open, "bz2": bz2.open, "xz": lzma.open, "tar": open}


def _untar(path: Path, folder: Path, _: tuple[str, ...], limits: ArchiveLimits) -> list[Member]:
    from xltools.intake.files.container import kind_of_file

    kind = kind_of_file(path)
    try:
        with _OPENERS[kind](path) if kind != "tar" else path.open("rb") as stream:
            head = stream.read(512)
        with _OPENERS[kind](path) if kind != "tar" else path.open("rb") as stream:
            sink = _Sink(folder, limits)
            if head[257:262] == b"ustar":
                _tar_members(stream, sink)
            else:
                name = path.name.removesuffix("." + kind)
                sink.write(name, _pieces(stream), path.stat().st_size)
    except (tarfile.TarError, OSError, EOFError, zlib.error, lzma.LZMAError) as error:
        raise UnreadableFile("archive_damaged", error=str(error)[:200]) from None
    return sink.members


def _tar_members(stream: IO[bytes], sink: _Sink) -> None:
    with tarfile.open(fileobj=stream, mode="r|", encoding="utf-8", errors="surrogateescape") as archive:
        for info in archive:
            name = readable(info.name)
            if info.isdir():
                continue
            if not info.isfile():
                sink.refuse(name, "link_member")
            elif sink.accept(name):
                file = archive.extractfile(info)
                sink.write(name, _pieces(file) if file is not None else iter(()))


def readable(name: str) -> str:
    """Return a file's name with bytes that were no UTF-8 read as GBK, and without what a terminal would act upon."""
    raw = name.encode("utf-8", "surrogateescape")
    for encoding in ("utf-8", "gb18030"):
        with contextlib.suppress(UnicodeDecodeError):
            name = raw.decode(encoding)
            break
    else:
        name = raw.decode("utf-8", "replace")
    return "".join(ch if ch.isprintable() or ch == "　" else "?" for ch in name)


# ── 7z ────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _un7z(path: Path, folder: Path, passwords: tuple[str, ...], limits: ArchiveLimits) -> list[Member]:
    import py7zr
    from py7zr.exceptions import ArchiveError, PasswordRequired

    for password in (None, *passwords):
        sink = _Sink(folder, limits)
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


def _factory(sink: _Sink) -> Any:
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


# ── rar, by a program of the system ───────────────────────────────────────────────────────────────────────────────────

_PLACES = (r"C:\Program Files\7-Zip", r"C:\Program Files\WinRAR", r"C:\Program Files (x86)\WinRAR")


def rar_program() -> tuple[str, str] | None:
    """Return (kind, path) of a program that reads .rar, if the system has one: 7z, unrar or bsdtar."""
    for kind, names in (("7z", ("7z", "7zz", "7za")), ("unrar", ("unrar", "UnRAR")), ("tar", ("bsdtar",))):
        for name in names:
            found = shutil.which(name)
            for folder in _PLACES if sys.platform == "win32" and found is None else ():
                found = found or shutil.which(name, path=folder)
            if found is not None:
                return kind, found
    return None


def _unrar(path: Path, folder: Path, _: tuple[str, ...], limits: ArchiveLimits) -> list[Member]:
    found = rar_program()
    if found is None:
        raise UnreadableFile("rar_unsupported")
    kind, program = found
    sink = _Sink(folder, limits)
    listing, printing = {  # never a password: other users of the computer can see a program's arguments
        "7z": (["l", "-ba", "-slt", "-sccUTF-8", "-p-", "--"], ["x", "-so", "-spd", "-p-", "--"]),
        "unrar": (["lb", "-p-", "-scu", "--"], ["p", "-inul", "-p-", "--"]),
        "tar": (["-tf"], ["-xOf"]),
    }[kind]
    names = _listed(kind, _output([program, *listing, str(path)]))
    if len(names) > limits.members:
        raise UnreadableFile("too_many_members", limit=limits.members)
    for name in names:
        if sink.accept(name):
            sink.write(name, _printed([program, *printing, str(path), name]))
    return sink.members


def _output(command: list[str]) -> str:
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    if done.returncode:
        raise UnreadableFile("archive_damaged", error=done.stderr.decode("utf-8", "replace")[:200])
    return done.stdout.decode("utf-8", "replace")


def _printed(command: list[str]) -> Iterator[bytes]:
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdout is not None
        try:
            yield from _pieces(process.stdout)
        finally:
            process.kill()
        if process.wait() > 0:
            raise UnreadableFile("corrupt")


def _listed(kind: str, text: str) -> list[str]:
    """The names of files in a program's listing; 7z tells folders by an attribute, bsdtar by a slash."""
    if kind != "7z":
        return [line for line in text.splitlines() if line and not line.endswith("/")]
    names = []
    for block in text.replace("\r\n", "\n").split("\n\n"):
        fields = dict(line.partition(" = ")[::2] for line in block.splitlines())
        if fields.get("Path") and fields.get("Folder") != "+" and not fields.get("Attributes", "").startswith("D"):
            names.append(fields["Path"])
    return names


_UNPACKERS: dict[Kind, Callable[[Path, Path, tuple[str, ...], ArchiveLimits], list[Member]]] = {
    "7z": _un7z,
    "rar": _unrar,
    "gz": _untar,
    "bz2": _untar,
    "xz": _untar,
    "tar": _untar,
}
