"""A run that is killed leaves no half file, no process and nothing that the next run does not remove."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support.kills import run_killed
from tests.support.samples import sample
from xltools.errors import UsageError
from xltools.temporary import prefix, remove_left
from xltools.writing.files import save

COUNT = 200 if os.environ.get("XLTOOLS_EVERY") else 3


@pytest.mark.skipif(os.name == "nt", reason="signals are POSIX")
def test_killed_runs_leave_nothing(tmp_path: Path) -> None:
    assert run_killed(tmp_path / "runs", COUNT, 13) == []


def test_what_a_dead_process_left_goes_and_what_a_living_one_has_stays(tmp_path: Path) -> None:
    script = "import sys; from xltools.temporary import prefix; print(prefix())"
    dead = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.strip()
    (tmp_path / f"{dead}folder").mkdir()
    (tmp_path / f"{dead}folder" / "00001.bin").write_bytes(b"x")
    (tmp_path / f"{dead}file").write_bytes(b"x")
    foreign = f".xltools-00000000-1-{int(time.time())}-file"
    kept = {f"{prefix()}mine", ".xltools-of-somebody", "xltools", foreign}
    for name in kept:
        (tmp_path / name).write_bytes(b"x")
    remove_left(tmp_path)
    assert {p.name for p in tmp_path.iterdir()} == kept
    os.utime(tmp_path / foreign, (1, 1))
    remove_left(tmp_path)
    assert {p.name for p in tmp_path.iterdir()} == kept - {foreign}


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_link_under_our_name_is_not_followed(tmp_path: Path) -> None:
    kept = tmp_path / "theirs"
    kept.mkdir()
    (kept / "a").write_bytes(b"x")
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / f"{prefix().replace(str(os.getpid()), '999999999')}x").symlink_to(kept)
    remove_left(tmp_path / "here")
    assert (kept / "a").is_file()


def test_a_full_disk_is_said_and_nothing_half_stays(tmp_path: Path) -> None:
    def pieces() -> object:
        yield b"half"
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(UsageError, match="No space left"):
        save(tmp_path / "报告.json", pieces())  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", ["zip", "7z", "gz"])
def test_a_full_temporary_folder_is_ours(kind: str, tmp_path: Path) -> None:
    """Where the system bounds a file's size, an archive larger than that is not called damaged."""
    resource = pytest.importorskip("resource")
    import gzip
    import zipfile

    import py7zr

    sent = tmp_path / f"a.{kind}"
    data = os.urandom(400_000)
    if kind == "zip":
        with zipfile.ZipFile(sent, "w") as archive:
            archive.writestr("a.xlsx", data)
    elif kind == "7z":
        with py7zr.SevenZipFile(sent, "w") as archive:
            archive.writestr(data, "a.xlsx")
    else:
        sent.write_bytes(gzip.compress(data))

    def bound() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    done = subprocess.run(
        [sys.executable, "-m", "xltools.cli", "check", str(sent), str(sample("101002")), "--no-cache"],
        capture_output=True,
        preexec_fn=bound,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
        check=False,
    )
    said = done.stderr.decode()
    assert done.returncode == 2 and said.count("\n") == 1 and "临时文件夹" in said
    assert "损坏" not in said + done.stdout.decode()
