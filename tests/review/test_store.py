"""The cache's database is its owner's alone, bounded, and begun anew where somebody made something else of it."""

from __future__ import annotations

import os
import sqlite3
import stat
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.forms import room
from xltools.findings.report import Checked
from xltools.inflate import MOST, inflated
from xltools.review.cache import VARIABLE, Cache
from xltools.review.context import PLAIN
from xltools.review.store import LARGEST, SECONDS, Store

LIMIT = 20 << 20
KEY = b"k" * 32


def used(folder: Path) -> Store:
    """A store with one row in it."""
    store = Store(folder, LIMIT)
    store.put([(KEY, b"body", 7)], [])
    return store


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps a profile folder to its owner")
def test_only_its_owner_reads_it(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        used(tmp_path / "缓存").close()
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "缓存").stat().st_mode) == 0o700
    path = tmp_path / "缓存" / "check.sqlite3"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.chmod(0o666)
    path.parent.chmod(0o777)
    used(tmp_path / "缓存").close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps a profile folder to its owner")
def test_a_folder_that_holds_other_things_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "别的").write_bytes(b"")
    tmp_path.chmod(0o755)
    used(tmp_path).close()
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755
    tmp_path.chmod(0o777)
    with pytest.raises(PermissionError):
        used(tmp_path)


def _sql(*statements: str) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        base = sqlite3.connect(path)
        for statement in statements:
            base.execute(statement)
        base.commit()
        base.close()

    return make


_ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT {} FROM n"
_ROW = f"CREATE VIEW results AS {_ENDLESS.format('zeroblob(1) AS key, zeroblob(1) AS body, i AS used')}"
HOSTILE: dict[str, Callable[[Path], object]] = {
    "no database": lambda p: p.write_bytes(b"no database" * 999),
    "a database cut short": lambda p: p.write_bytes(p.read_bytes()[:5000]),
    "a header alone": lambda p: p.write_bytes(p.read_bytes()[:100] + b"\xff" * 9000),
    "zeros of a gigabyte": lambda p: os.truncate(p, 1 << 30),
    "a view without end": _sql("DROP TABLE results", _ROW),
    "a trigger": _sql(f"CREATE TRIGGER t AFTER INSERT ON results BEGIN {_ENDLESS.format('i')}; END"),
    "another table": _sql("DROP TABLE results", "CREATE TABLE results (key, body, used)"),
    "an index that computes": _sql("CREATE INDEX i ON results (hex(zeroblob(9)))"),
    "a wal of garbage": lambda p: Path(f"{p}-wal").write_bytes(os.urandom(99_999)),
    "a journal of garbage": lambda p: Path(f"{p}-journal").write_bytes(os.urandom(99_999)),
    "wrong types": _sql("UPDATE results SET body = 5, used = 'x'"),
    "a text": _sql("UPDATE results SET body = 'body'"),
    "a huge blob": _sql(f"UPDATE results SET body = zeroblob({LARGEST + 1})"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_database_costs_little_and_is_not_believed(case: str, tmp_path: Path) -> None:
    used(tmp_path).close()
    HOSTILE[case](tmp_path / "check.sqlite3")
    began = time.monotonic()
    store = Store(tmp_path, LIMIT)
    assert store.get(KEY) in ((None,) if "garbage" not in case else (None, (b"body", 7)))
    store.put([(KEY, b"new", 8)], [(9, KEY)])
    assert store.get(KEY) == (b"new", 9)
    store.shrink()
    store.close()
    assert time.monotonic() - began < 2 * SECONDS


@pytest.mark.skipif(os.name == "nt", reason="named pipes and links are POSIX here")
@pytest.mark.parametrize("kind", ["pipe", "link"])
def test_what_is_no_file_is_not_opened(kind: str, tmp_path: Path) -> None:
    path, other = tmp_path / "check.sqlite3", tmp_path / "other"
    other.write_bytes(b"theirs")
    os.mkfifo(path) if kind == "pipe" else path.symlink_to(other)
    used(tmp_path).close()
    assert other.read_bytes() == b"theirs" and path.is_file() and not path.is_symlink()


def test_a_locked_database_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    used(tmp_path).close()
    holder = sqlite3.connect(tmp_path / "check.sqlite3", isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    began = time.monotonic()
    cache = Cache(room(), PLAIN)
    cache.put(Checked("x", "1", form="x"))
    assert cache.get("1", "x") is None
    cache.close()
    assert time.monotonic() - began < 2 * SECONDS
    holder.execute("COMMIT")
    assert Store(tmp_path, LIMIT).get(KEY) == (b"body", 7)


def test_what_inflates_beyond_reason_is_refused() -> None:
    assert inflated(zlib.compress(b"x" * 1000)) == b"x" * 1000
    for bad in (zlib.compress(bytes(MOST + 1)), zlib.compress(b"x" * 1000)[:-6], b"", b"x"):
        with pytest.raises(zlib.error):
            inflated(bad)


def test_a_result_kept_with_something_else_than_its_submission_is_dropped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    cache = Cache(room(), PLAIN)
    for number, kept in enumerate((b"", b"x", zlib.compress(b"x"), zlib.compress(bytes(MOST + 1)))):
        cache.put(Checked("x", f"{number}", form="x", kept=kept))
    cache._flush()
    assert [cache.get(f"{n}", "x") is not None for n in range(4)] == [True, False, False, False]
    cache.close()
