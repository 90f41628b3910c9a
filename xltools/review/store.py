"""The database the cache stands in: its owner's alone, opened with bounds, and begun anew where it is not as we made it."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LARGEST = 8 << 20
"""Bytes of one result, packed; a usual one takes a few thousandths."""
SECONDS = 5
"""What one look into the database may take, whatever somebody made of it."""
_WAIT = 2
"""Seconds to wait for another run that writes."""
_STEPS = 10_000
_TABLE = "CREATE TABLE results (key BLOB PRIMARY KEY, body BLOB NOT NULL, used INTEGER NOT NULL)"
_NAME = "check.sqlite3"
_BESIDE = ("", "-journal", "-wal", "-shm")


class Store:
    """Bytes by key. Every method raises sqlite3.Error, or gives nothing, when the database does not do."""

    def __init__(self, folder: Path, limit: int) -> None:
        """Open the database in a folder, made anew where it is none of ours. Raises sqlite3.Error, OSError."""
        self._path, self._limit, self._until = folder / _NAME, limit, 0.0
        if not folder.exists():
            folder.mkdir(parents=True, mode=0o700)
        elif os.name != "nt":
            _keep_others_out(folder)
        if not self._is_usable() or not self._opened():
            self._remove()
            if not self._opened():
                raise sqlite3.OperationalError("not as it was made")

    def get(self, key: bytes) -> tuple[bytes, int] | None:
        """Return what is kept under a key, and when it was last used."""
        with self._in_time():
            row = self._base.execute(
                "SELECT body, used FROM results WHERE key = ? AND typeof(body) = 'blob' "
                "AND typeof(used) = 'integer' AND length(body) <= ?",
                (key, LARGEST),
            ).fetchone()
        return None if row is None else (bytes(row[0]), int(row[1]))

    def put(self, rows: list[tuple[bytes, bytes, int]], used: list[tuple[int, bytes]]) -> None:
        """Keep rows (key, body, now), and note which others were used."""
        with self._in_time(), self._base:
            self._base.executemany("INSERT OR REPLACE INTO results VALUES (?, ?, ?)", rows)
            self._base.executemany("UPDATE results SET used = ? WHERE key = ?", used)

    def shrink(self) -> None:
        """Drop the oldest half while the database is beyond its bound."""
        with self._in_time():
            while self._size() > self._limit:
                dropped = self._base.execute(
                    "DELETE FROM results WHERE key IN (SELECT key FROM results ORDER BY used LIMIT "
                    "(SELECT (COUNT(*) + 1) / 2 FROM results))"
                ).rowcount
                self._base.commit()
                self._base.execute("VACUUM")
                if not dropped:
                    return

    def close(self) -> None:
        """Let go of the file."""
        with contextlib.suppress(sqlite3.Error):
            self._base.close()

    def discard(self) -> None:
        """Let go of a database that turned out to be damaged, and remove it."""
        self.close()
        with contextlib.suppress(OSError):
            self._remove()

    def _is_usable(self) -> bool:
        """True when nothing stands there, or regular files of a size that a cache has."""
        total = 0
        for ending in _BESIDE:
            try:
                status = Path(f"{self._path}{ending}").lstat()
            except FileNotFoundError:
                continue
            if not stat.S_ISREG(status.st_mode):
                return False
            total += status.st_size
        return total <= 4 * self._limit

    def _remove(self) -> None:
        for ending in _BESIDE:
            Path(f"{self._path}{ending}").unlink(missing_ok=True)

    def _opened(self) -> bool:
        """Open the file, for its owner alone; False when it is no database, or holds more than our one table."""
        with contextlib.suppress(FileExistsError):
            os.close(os.open(self._path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        self._path.chmod(0o600)
        self._base = sqlite3.connect(self._path, timeout=_WAIT)
        self._base.set_progress_handler(lambda: time.monotonic() > self._until, _STEPS)
        self._base.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 2 * LARGEST)
        try:
            with self._in_time():
                self._base.execute("PRAGMA trusted_schema = OFF")
                self._base.execute("PRAGMA synchronous = OFF")  # a lost cache costs a run's time, nothing else
                if not self._made():
                    self._base.execute(_TABLE.replace("TABLE", "TABLE IF NOT EXISTS"))  # another run may make it now
                return self._made() == [("table", _TABLE)]
        except sqlite3.OperationalError as error:
            self.close()
            if "locked" in str(error):  # by another run: not ours to remove
                raise
            return False
        except sqlite3.DatabaseError:
            self.close()
            return False

    def _made(self) -> list[tuple[str, str]]:
        """Return what the database holds besides indexes of its own."""
        return list(self._base.execute("SELECT type, sql FROM sqlite_master WHERE sql IS NOT NULL LIMIT 3"))

    def _size(self) -> int:
        (pages,), (size,) = (self._base.execute(f"PRAGMA {p}").fetchone() for p in ("page_count", "page_size"))
        return int(pages * size)

    @contextmanager
    def _in_time(self) -> Iterator[None]:
        self._until = time.monotonic() + SECONDS
        yield


def _keep_others_out(folder: Path) -> None:
    """Close a folder that was there before to all but its owner. One that holds other things too stays as it is.
    Raises PermissionError where somebody else owns it or may write into it."""
    status = folder.stat()
    if status.st_uid != os.geteuid():
        raise PermissionError(folder)
    if status.st_mode & 0o077:
        if all(entry.name.startswith(_NAME) for entry in folder.iterdir()):
            folder.chmod(0o700)
        elif status.st_mode & 0o022:
            raise PermissionError(folder)
