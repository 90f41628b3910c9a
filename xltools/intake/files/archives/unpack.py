"""Unpacks an archive that was sent, whatever its kind, in a watched process."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from xltools.errors import UnreadableFile
from xltools.intake.files.archives.rar import rar_program, unrar
from xltools.intake.files.archives.seven_zip import un7z
from xltools.intake.files.archives.sink import Member
from xltools.intake.files.archives.tar import untar
from xltools.intake.files.archives.zip import unzip
from xltools.intake.files.bounds import ArchiveLimits, WorkLimits
from xltools.intake.files.container import Kind
from xltools.intake.files.worker import run_watched

_UNPACKERS: dict[Kind, Callable[[Path, Path, tuple[str, ...], ArchiveLimits], list[Member]]] = {
    "zip": unzip,
    "7z": un7z,
    "gz": untar,
    "bz2": untar,
    "xz": untar,
    "tar": untar,
}


def unpack(
    path: Path, kind: Kind, folder: Path, passwords: Sequence[str], limits: ArchiveLimits, work: WorkLimits
) -> list[Member]:
    """Return the members of the archive at `path`, written to `folder`. Raises UnreadableFile for the archive."""
    if path.stat().st_size > limits.archive_bytes:
        raise UnreadableFile("archive_too_large", limit=limits.archive_bytes)
    watched = WorkLimits(limits.seconds, work.memory_bytes)
    if kind == "rar":
        return run_watched(unrar, (path, folder, rar_program(), limits), watched)
    return run_watched(_UNPACKERS[kind], (path, folder, tuple(passwords), limits), watched)
