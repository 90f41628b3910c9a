"""The bytes of a regular file: a pipe or a device is never waited for, and no more is read than the bound."""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path

from xltools.errors import UnreadableFile
from xltools.intake.files.bounds import MIB, FileLimits


def read_file(path: Path, limits: FileLimits) -> bytes:
    """The file's bytes; only of a regular file (a pipe would wait for ever), and no more than the limit."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise UnreadableFile("not_a_file")
            return file.read(limits.file_bytes + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = "not_a_file" if isinstance(error, IsADirectoryError) else "cannot_open"
        raise UnreadableFile(reason, error=str(error)) from error


def hash_of(path: Path) -> str:
    """The SHA-256 of a regular file, whatever its size; "" when it cannot be read."""
    digest = hashlib.sha256()
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(descriptor, "rb", buffering=0) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                return ""
            while piece := file.read(MIB):
                digest.update(piece)
    except (OSError, ValueError):
        return ""
    return digest.hexdigest()
