"""The hostile set through the whole check, in a process of its own: every file answered, within memory and time."""

# mypy: disable-error-code="import-untyped"

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.support.hostile import CASES, MIB, made
from xltools.intake.files.bounds import Bounds

EVERY = os.environ.get("XLTOOLS_EVERY") == "1"
"""The whole set: larger files, several seeds, each by itself with its time."""
MAIN = 300 * MIB
"""What the main process may hold, whatever is sent."""
START = 60
"""Seconds a busy machine may need for what is not the file's."""


@dataclass(slots=True)
class Measured:
    """What a run cost, and what it said."""

    code: int
    main: int = 0
    tree: int = 0
    seconds: float = 0.0
    said: str = ""


def measured(arguments: Sequence[str], folder: Path) -> Measured:
    """Run the program and look at its memory, and that of its workers, all the while."""
    errors = folder / "stderr.txt"
    began = time.monotonic()
    found = Measured(0)
    with errors.open("wb") as stream:
        process = psutil.Popen([sys.executable, "-m", "xltools.cli", *arguments], stdout=stream, stderr=stream)
        while process.poll() is None:
            try:
                own = process.memory_info().rss
                found.main = max(found.main, own)
                found.tree = max(found.tree, own + sum(c.memory_info().rss for c in process.children(recursive=True)))
            except psutil.Error:
                continue
            time.sleep(0.02)
    found.code, found.seconds = process.returncode, time.monotonic() - began
    found.said = errors.read_text(encoding="utf-8", errors="replace")
    return found


def checked(paths: Sequence[Path], folder: Path, jobs: int) -> tuple[Measured, dict[str, Any]]:
    """Check paths; return what it cost, and the report, in which nothing unseen stands."""
    report = folder / "report.json"
    run = measured(
        ["check", *map(str, paths), "--format", "json", "-o", str(report), "--no-cache", "-j", str(jobs)], folder
    )
    text = report.read_text(encoding="utf-8")
    assert not any(mark in text for mark in "\u202e\x1b\x7f\u200b")
    return run, json.loads(text)


def held(run: Measured, report: dict[str, Any], names: Sequence[str], jobs: int) -> None:
    """Assert what is promised of any file."""
    assert run.code in (0, 1, 3), run.said
    assert "Traceback" not in run.said and "panicked" not in run.said
    assert run.main < MAIN
    assert run.tree < MAIN + (jobs + 1) * (Bounds().work.memory_bytes + 256 * MIB)
    told = [item["file"] for item in (*report["submissions"], *report["set_aside"])]
    assert [name for name in names if not any(f"/{name}" in file.replace("\\", "/") for file in told)] == []
    failed = [(f["file"], f["message"]) for f in report["findings"] if f["code"] == "IN010"]
    assert failed == []


def test_the_whole_set_in_one_inbox(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for name in CASES:
        (inbox / name).write_bytes(made(name))
    run, report = checked([inbox], tmp_path, 2)
    held(run, report, list(CASES), 2)


@pytest.mark.parametrize("seed", range(3) if EVERY else [0])  # the whole set takes an hour
@pytest.mark.parametrize("name", CASES if EVERY else ["empty.xlsx", "text.xlsx"])
def test_each_file_at_its_largest(name: str, seed: int, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(made(name, seed, scale=8))
    run, report = checked([path], tmp_path, 1)
    held(run, report, [name], 1)
    limit = Bounds().archive.seconds if path.suffix in (".zip", ".gz", ".bz2", ".7z", ".tar") else 0
    assert run.seconds < START + Bounds().work.seconds + limit


# a library writes the time into the one, the other is large
@pytest.mark.parametrize("name", [name for name in CASES if name not in ("listed.xlsx", "cells.xlsx")])
def test_a_seed_makes_the_same_file(name: str) -> None:
    assert made(name, 5) == made(name, 5)
