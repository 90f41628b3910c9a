"""Many files in several processes, and the cache between runs: the same report, whatever happens to a worker."""

# mypy: disable-error-code="import-untyped"

from __future__ import annotations

import hashlib
import os
import pickle
import signal
import sqlite3
import time
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.support.forms import room, said
from tests.support.sent import edited, found_in, workbook
from xltools.errors import UnreadableFile
from xltools.findings.report import Checked, Report
from xltools.intake.files.bounds import WorkLimits
from xltools.intake.files.input_file import InputFile
from xltools.intake.files.worker import run_watched
from xltools.jobs.common import build_blank
from xltools.recalc.engine import Model
from xltools.recalc.workspace import Workspace
from xltools.review import cache as cache_module
from xltools.review import executor as executor_module
from xltools.review import pool as pool_module
from xltools.review.cache import Cache
from xltools.review.context import PLAIN, RunContext, RunOptions, Terms
from xltools.review.interning import SharedWords
from xltools.review.pool import Pool
from xltools.review.run import run


def check_all(files: Sequence[InputFile], workspace: Workspace, **options: Any) -> Report:
    """Run over files."""
    return run(RunContext(workspace, files, options=RunOptions(narratives=False, **options)))


def fill(folder: Path, count: int) -> list[InputFile]:
    """Write workbooks that all differ, one broken among them, and find them."""
    for number in range(count):
        text = f" <!-- {number} -->".encode()
        (folder / f"{number:02}.xlsx").write_bytes(edited("docProps/app.xml", lambda c, t=text: c + t))  # type: ignore[misc]
    (folder / "03.xlsx").write_bytes(b"no workbook")
    return found_in(folder)[0]


# ── in several processes ──────────────────────────────────────────────────────────────────────────────────────────────


def test_the_report_is_the_same_for_any_number_of_processes(tmp_path: Path) -> None:
    files = fill(tmp_path, 20)
    one, two = (check_all(files, room(), jobs=jobs) for jobs in (1, 2))
    assert one == two
    assert [s.file for s in two.submissions] == [f.shown for f in files]


def _die(found: InputFile, workspace: Workspace, terms: Terms) -> Checked:
    """What a worker does in the tests below: as the file's name says."""
    name = found.path.name
    if name.startswith("die"):
        os._exit(7)
    if name.startswith("hang"):
        time.sleep(60)
    if name.startswith("once") and not found.path.with_suffix(".seen").exists():
        found.path.with_suffix(".seen").write_text("x", encoding="utf-8")
        os._exit(7)
    if name.startswith("fat"):
        fat = b"x" * (400 << 20)
        time.sleep(60 if fat else 0)
    return Checked(found.shown, "", form="x")


def _work_badly(pipe: object, workspace: Workspace, terms: Terms, limits: WorkLimits) -> None:
    pool_module.check_one = _die
    pool_module._work(pipe, workspace, terms, limits)  # type: ignore[arg-type]


@pytest.fixture
def bad_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    real = pool_module.start_process
    monkeypatch.setattr(pool_module, "start_process", lambda target, *rest: real(_work_badly, *rest))


@pytest.mark.usefixtures("bad_workers")
def test_what_a_file_does_to_its_worker_is_a_finding_about_that_file(tmp_path: Path) -> None:
    names = ["a", "die", "b", "hang", "c", "fat", "d", "once", "e", "f"]
    files = [InputFile(tmp_path / f"{name}.xlsx", f"{name}.xlsx") for name in names]
    pool = Pool(
        room(), PLAIN, 2, WorkLimits(seconds=6, memory_bytes=300 << 20)
    )  # a busy machine must not be a slow file
    results = dict(pool.check(files))
    assert sorted(results) == list(range(len(names)))
    bad = {names[i]: said(r.findings[0]) for i, r in results.items() if r.findings}
    assert set(bad) == {"die", "hang", "fat"}
    assert "中断" in bad["die"] and "时间" in bad["hang"] and "内存" in bad["fat"]
    assert {f.code for r in results.values() for f in r.findings} == {"IN013"}


@pytest.mark.usefixtures("bad_workers")
def test_leaving_early_ends_the_workers(tmp_path: Path) -> None:
    files = [InputFile(tmp_path / f"{name}.xlsx", name) for name in ("a", "hang", "hang2", "hang3")]
    pool = Pool(room(), PLAIN, 2, WorkLimits())
    results = pool.check(files)
    next(results)
    processes = [worker.process.pid for worker in pool._workers]
    results.close()  # type: ignore[attr-defined]
    import psutil

    assert not any(psutil.pid_exists(pid) for pid in processes if pid is not None)


def _abort() -> None:
    os.kill(os.getpid(), getattr(signal, "SIGABRT", signal.SIGTERM))


def test_one_watched_function() -> None:
    assert run_watched(sorted, ([2, 1],), WorkLimits()) == [1, 2]
    for function, arguments, reason in (
        (_abort, (), "crashed"),
        (time.sleep, (60,), "too_slow"),
        (int, ("x",), "internal"),
    ):
        with pytest.raises(UnreadableFile) as caught:
            run_watched(function, arguments, WorkLimits(seconds=2) if function is time.sleep else WorkLimits())
        assert caught.value.reason == reason


def test_the_engines_own_failure_is_told_and_does_not_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Panic(BaseException):
        """As a panic of the engine arrives in Python."""

    files = fill(tmp_path, 3)
    fresh = Workspace(build_blank)
    before = check_all(files, fresh)

    def fail(self: Model, inputs: object) -> None:
        raise Panic

    with monkeypatch.context() as patched:
        patched.setattr(Model, "evaluate", fail)
        broken = check_all(files[:1], fresh)
    assert [f.code for f in broken.findings] == ["IN010"]
    assert check_all(files, fresh) == before


def test_words_are_shared_between_results(tmp_path: Path) -> None:
    one, two = (pickle.loads(pickle.dumps(check_all(fill(tmp_path, 1), room()).submissions[0])) for _ in range(2))
    words = SharedWords()
    assert words.share(one) == two
    words.share(two)
    assert all(a.field is b.field and a.code is b.code for a, b in zip(one.findings, two.findings, strict=True))


# ── the cache ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(cache_module.VARIABLE, str(tmp_path / "缓存"))
    return tmp_path


def count_checks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    checked: list[str] = []
    real = executor_module.check_at_hand

    def check(found: InputFile, workspace: Workspace, terms: Terms) -> Checked | None:
        checked.append(found.shown)
        return real(found, workspace, terms)

    monkeypatch.setattr(executor_module, "check_at_hand", check)
    return checked


def test_a_second_check_parses_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = fill(folder, 4)
    first = check_all(files, room(), use_cache=True)
    checked = count_checks(monkeypatch)
    assert check_all(files, room(), use_cache=True) == first
    assert checked == []
    files[0].path.rename(folder / "改名.xlsx")
    renamed = check_all([InputFile(folder / "改名.xlsx", "改名.xlsx")], room(), use_cache=True)
    assert checked == [] and {f.file for f in renamed.findings} <= {"改名.xlsx"}
    files[1].path.write_bytes(workbook())
    check_all(files[1:2], room(), use_cache=True)
    check_all(files[2:3], room(), harvest=True, use_cache=True)
    check_all(files[2:3], room(), use_cache=False)
    assert checked == [files[1].shown, files[2].shown, files[2].shown]


def test_what_depends_on_more_than_the_file_is_not_kept(folder: Path) -> None:
    cache = Cache(room(), PLAIN)
    from xltools.review.one_workbook import unreadable

    for reason in ("encrypted", "too_slow", "crashed", "internal"):
        result = unreadable(folder, "x", UnreadableFile(reason))
        result.sha256 = reason
        cache.put(result)
        cache._flush()
        assert cache.get(reason, "x") is None


def test_a_damaged_or_forged_cache_is_not_believed(folder: Path) -> None:
    files = fill(folder, 2)
    first = check_all(files, room(), use_cache=True)
    path = folder / "缓存" / "check.sqlite3"
    base = sqlite3.connect(path)
    (key, body), (other, _), *_ = base.execute("SELECT key, body FROM results").fetchall()
    base.execute("UPDATE results SET body = ? WHERE key = ?", (body, other))  # another file's result
    base.commit()
    base.close()
    assert cache_module._opened(key, body) is not None and cache_module._opened(other, body) is None
    assert check_all(files, room(), use_cache=True) == first
    path.write_bytes(b"no database" * 100)
    assert check_all(files, room(), use_cache=True) == first
    assert check_all(files, room(), use_cache=True) == first


@pytest.mark.parametrize(
    "body",
    [
        pickle.dumps(Checked("甲.xlsx", "k")),
        msgspec.msgpack.encode({"file": "甲.xlsx", "sha256": "k", "added_later": 1}),
        msgspec.msgpack.encode({"file": "甲.xlsx", "sha256": 5}),
        b"",
    ],
    ids=["a pickle", "a key that is not known", "a wrong type", "nothing"],
)
def test_what_is_no_result_is_as_good_as_not_kept(body: bytes) -> None:
    packed = zlib.compress(body)
    assert cache_module._opened(b"k", hashlib.sha256(b"k" + packed).digest()[:16] + packed) is None


def test_the_cache_is_bounded(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = Cache(room(), PLAIN)
    assert cache._store is not None
    cache._store._limit = 100_000
    for number in range(200):
        cache.put(Checked("x", f"{number}", form="x", figures={"x": os.urandom(450).hex()}))
    cache.close()
    path = folder / "缓存" / "check.sqlite3"
    assert path.stat().st_size <= 100_000
    assert sqlite3.connect(path).execute("SELECT COUNT(*) FROM results").fetchone()[0] > 20


def test_two_runs_at_once(folder: Path) -> None:
    one, two = Cache(room(), PLAIN), Cache(room(), PLAIN)
    one.put(Checked("x", "1", form="x"))
    two.put(Checked("x", "2", form="x"))
    one.close()
    two.close()
    third = Cache(room(), PLAIN)
    assert third.get("1", "甲") == Checked("甲", "1", form="x")
    assert third.get("2", "乙") is not None


def test_a_place_that_cannot_be_written_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    monkeypatch.setenv(cache_module.VARIABLE, str(tmp_path / "file" / "below"))
    cache = Cache(room(), PLAIN)
    cache.put(Checked("x", "1", form="x"))
    assert cache.get("1", "x") is None
    cache.close()
