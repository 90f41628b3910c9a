"""Keeps results of unchanged files between runs: keyed by content, definitions and program, safe to delete any time."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
import sys
import time
import zlib
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from msgspec import structs

import xltools
from xltools.findings.finding import reclassed
from xltools.findings.packing import Unpackable, packed, unpacked
from xltools.findings.report import Checked
from xltools.inflate import inflated
from xltools.intake.files.bounds import bounds
from xltools.recalc.workspace import Workspace
from xltools.review.context import Terms
from xltools.review.keeping import is_whole
from xltools.review.store import LARGEST, Store
from xltools.rules.registry import may_be_kept

VARIABLE = "XLTOOLS_CACHE"
"""Names another folder for the cache."""
_FLUSH = 200


def cache_folder() -> Path:
    """Return the folder the cache stands in: the platform's usual place, or where XLTOOLS_CACHE says."""
    named = os.environ.get(VARIABLE, "")
    if named:
        return Path(named)
    from platformdirs import user_cache_path

    return user_cache_path("xltools", appauthor=False)


class Cache:
    """Results by file digest, for one program, one set of definitions and one way to check. Whatever goes wrong with
    the cache itself, the run goes on without it."""

    def __init__(self, workspace: Workspace, terms: Terms) -> None:
        self._base = _digest(
            repr(part)
            for part in (
                (xltools.__version__, _program(), sys.version_info[:2], _engine()),
                (workspace.definitions(), terms.harvest, terms.keep, bounds().file),
            )
        )
        self._pending: list[tuple[bytes, bytes, int]] = []
        self._touched: list[tuple[int, bytes]] = []
        self._now = int(time.time())
        self._store: Store | None = None
        with contextlib.suppress(sqlite3.Error, OSError):  # locked, or not writable: not ours to mend
            self._store = Store(cache_folder(), bounds().work.cache_bytes)

    def get(self, sha256: str, shown: str) -> Checked | None:
        """Return the result kept for a file of this content, under the name it has now."""
        if self._store is None:
            return None
        key = self._key(sha256)
        try:
            row = self._store.get(key)
        except sqlite3.Error as error:
            self._give_up(error)
            return None
        checked = None if row is None else _opened(key, row[0])
        if row is None or checked is None or checked.sha256 != sha256 or not is_whole(checked):
            return None
        if row[1] < self._now - 86_400:
            self._touched.append((self._now, key))
        return _renamed(checked, shown)

    def put(self, checked: Checked) -> None:
        """Keep a result, unless it depends on more than the file."""
        if self._store is None or not checked.sha256 or not all(may_be_kept(f.code) for f in checked.findings):
            return
        key = self._key(checked.sha256)
        body = _sealed(key, checked)
        if len(body) > LARGEST:
            return
        self._pending.append((key, body, self._now))
        if len(self._pending) >= _FLUSH:
            self._flush()

    def close(self) -> None:
        """Write what is pending, drop the oldest beyond the bound, let go of the file."""
        self._flush()
        if self._store is None:
            return
        with contextlib.suppress(sqlite3.Error):
            self._store.shrink()
        self._store.close()
        self._store = None

    def _key(self, sha256: str) -> bytes:
        return hashlib.sha256(self._base + sha256.encode()).digest()

    def _flush(self) -> None:
        if self._store is None or not (self._pending or self._touched):
            return
        try:
            self._store.put(self._pending, self._touched)
        except sqlite3.Error as error:
            self._give_up(error)
        self._pending.clear()
        self._touched.clear()

    def _give_up(self, error: sqlite3.Error) -> None:
        """Go on without; a database that is damaged goes, one that is busy stays."""
        if self._store is not None:
            if isinstance(error, sqlite3.OperationalError):
                self._store.close()
            else:
                self._store.discard()
            self._store = None


def _digest(parts: Iterable[str]) -> bytes:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).digest()


def _program() -> list[tuple[str, int, int]]:
    """The program's files with size and time, so that an edited checkout never meets results of before."""
    found = []
    for path in sorted(Path(xltools.__file__).parent.rglob("*.py")):
        status = path.stat()
        found.append((path.name, status.st_size, status.st_mtime_ns))
    return found


def _engine() -> str:
    try:
        return version("formualizer")
    except PackageNotFoundError:
        return ""


def _renamed(checked: Checked, shown: str) -> Checked:
    checked.file = shown
    checked.findings = [reclassed(f, file=shown) for f in checked.findings]
    checked.not_evaluated = [structs.replace(n, file=shown) for n in checked.not_evaluated]
    return checked


def _sealed(key: bytes, checked: Checked) -> bytes:
    body = zlib.compress(packed(checked), 1)
    return hashlib.sha256(key + body).digest()[:16] + body


def _opened(key: bytes, kept: bytes) -> Checked | None:
    """The result, if it is whole, was kept under this very key and has the shape of one."""
    if hashlib.sha256(key + kept[16:]).digest()[:16] != kept[:16]:
        return None
    try:
        return unpacked(inflated(kept[16:]))
    except (zlib.error, *Unpackable):  # kept by another build of the program: as good as not kept
        return None
