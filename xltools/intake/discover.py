"""Finds the workbooks among the paths that were given, and says what was set aside and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from xltools.errors import UsageError

WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlsb", ".et", ".ett", ".ods", ".xlt", ".csv"})
NARRATIVES = frozenset({".docx", ".doc", ".wps", ".pdf", ".txt"})
SYSTEM = frozenset({".ds_store", "thumbs.db", "desktop.ini"})


@dataclass(frozen=True, slots=True)
class Found:
    """A file to check: where it is, and how the report calls it (its path as given)."""

    path: Path
    shown: str


@dataclass(frozen=True, slots=True)
class SetAside:
    """A file that is no submission, and the word that says why: lock, system, empty_name, narrative, other."""

    shown: str
    reason: str


def discover(paths: Sequence[Path]) -> tuple[list[Found], list[SetAside]]:
    """Return the workbooks under `paths` in order, and what was set aside. Raises UsageError for a path not there."""
    found: list[Found] = []
    aside: list[SetAside] = []
    seen: set[Path] = set()
    for given in paths:
        if not given.exists():
            raise UsageError(f"没有这个文件或文件夹：{given}")
        for path in _files(given):
            real = path.resolve()
            if real in seen:
                continue
            seen.add(real)
            reason = None if path == given else _reason(path)
            if reason is None:
                found.append(Found(path, str(path)))
            else:
                aside.append(SetAside(str(path), reason))
    return found, aside


def _files(given: Path) -> Iterable[Path]:
    if given.is_dir():
        yield from sorted((p for p in given.rglob("*") if p.is_file()), key=lambda p: (str(p.parent), p.name))
    else:
        yield given


def _reason(path: Path) -> str | None:
    """Return why a file met in a folder is not checked, or None when it is."""
    name = path.name.lower()
    if name.startswith("~$") or name.startswith(".~"):
        return "lock"
    if name in SYSTEM or name.startswith("._"):
        return "system"
    if path.suffix.lower() in WORKBOOKS:
        return None
    return "narrative" if path.suffix.lower() in NARRATIVES else "other"
