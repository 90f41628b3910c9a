"""Temporary places under names that say whose they are: the next run removes what a killed one left behind."""

from __future__ import annotations

import atexit
import contextlib
import os
import platform
import shutil
import stat
import tempfile
import time
import zlib
from functools import cache
from pathlib import Path

_PREFIX = ".xltools-"
_DAY = 86_400
"""After so many seconds a place of another computer (on a shared folder) is nobody's."""


def prefix() -> str:
    """Return how the names of this process's temporary places begin: which computer, which process, since when."""
    return f"{_PREFIX}{_computer():08x}-{os.getpid()}-{int(time.time())}-"


@cache
def spool() -> Path:
    """Return this process's own temporary folder; it goes with the process."""
    folder = Path(tempfile.mkdtemp(prefix=prefix()))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def remove_left(folder: Path) -> None:
    """Remove from a folder what processes of ours left there that are no more."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in [e for e in entries if e.name.startswith(_PREFIX)]:
            with contextlib.suppress(OSError, ValueError):
                if _is_left(entry.name, entry.stat(follow_symlinks=False)):
                    if entry.is_dir(follow_symlinks=False):
                        shutil.rmtree(entry.path, ignore_errors=True)
                    else:
                        Path(entry.path).unlink()


def _is_left(name: str, status: os.stat_result) -> bool:
    """True for a place of ours whose process has ended. Raises ValueError for a name that is none of ours."""
    if stat.S_ISLNK(status.st_mode) or (hasattr(os, "getuid") and status.st_uid != os.getuid()):
        return False
    computer, process, since, _ = name.removeprefix(_PREFIX).split("-", 3)
    if int(computer, 16) != _computer():
        return time.time() - status.st_mtime > _DAY
    return not _runs(int(process), int(since))


def _runs(process: int, since: int) -> bool:
    """True while the process of this number is the one that was there at that second."""
    import psutil

    try:
        return bool(psutil.Process(process).create_time() <= since + 1)
    except psutil.NoSuchProcess:
        return False
    except psutil.Error:
        return True


@cache
def _computer() -> int:
    """A number of this computer, and of the container in it where numbers of processes are its own."""
    try:
        room = Path("/proc/self/ns/pid").stat().st_ino
    except OSError:
        room = 0
    return zlib.crc32(f"{platform.node()} {room}".encode())
