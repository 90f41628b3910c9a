"""Decides where an output may stand, for every command: before any work, and in one place.

Never on a file of the run nor on a workbook that somebody filled in; on what we wrote and nobody changed since, always;
on any other file only with --force.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from xltools.bilingual import Pair
from xltools.errors import UnreadableFile, UsageError, XltoolsError
from xltools.form.layout import Key
from xltools.intake.cells.written import plain_text
from xltools.intake.open import load_watched
from xltools.intake.submission import Submission
from xltools.output.marks import begins_with, is_notice, is_report
from xltools.recalc.workspace import Workspace
from xltools.writing.department.inputs import defaults
from xltools.writing.files import save
from xltools.writing.seal import Kind, seal_of, sealed

Sort = Kind | Literal["plain"]
"""What an output is; a plain one is a text, JSON or CSV file, which carries no seal."""
_REPORTS = frozenset({"findings", "summary", "text"})
_ALSO: dict[Sort, frozenset[str]] = {
    "blank": frozenset({"blank"}),
    "filled": frozenset({"blank", "filled"}),
    "return": frozenset({"blank", "return"}),
    "definition": frozenset({"definition"}),
}
"""What an output may replace besides reports, as long as nobody changed it since we wrote it: one with values in it
only what is of its kind."""
SENT = Pair(
    "{path} 是这次要读的文件，不能用来写结果；请另选输出位置",
    "{path} is read by this run: no result is written there; name another place",
)
FILLED = Pair(
    "{path} 是填过的工作簿，不会被替换（加 --force 也不会）；请另选输出位置，或先移走它",
    "{path} is a workbook that was filled in, which nothing replaces (--force neither); name another place or move it",
)
OTHER = Pair(
    "{path} 已经存在，不是本程序写出后未改动的文件；请另选输出位置，确要替换请加 --force",
    "{path} is there already and is not as this program wrote it; name another place, or use --force to replace it",
)
NO_FILE = Pair("{path} 不是普通文件，不能写在那里；请另选输出位置", "{path} is no regular file; name another place")
NO_FOLDER = Pair(
    "{path} 写不了：{parent} 不是文件夹；请另选输出位置", "{path} cannot be written: {parent} is no folder"
)
TWICE = Pair("{path} 被指定为两个输出；请分别指定", "{path} is named for two outputs; name one for each")


@dataclass
class Outputs:
    """The outputs of one run: `read` is what it was given to read, files and folders."""

    home: Workspace
    read: Sequence[Path | None]
    force: bool = False
    _mine: dict[str, Path] = field(default_factory=dict)

    def claim(self, *targets: tuple[Path | None, Sort], titles: bytes = b"") -> None:
        """Raise UsageError unless an output of its kind may stand at each place; none may be named twice."""
        for path, kind in targets:
            if path is None:
                continue
            name = _identity(path)
            if name in self._mine:
                raise UsageError(TWICE.format(path=path))
            self._decide(path, kind, titles)
            self._mine[name] = path

    def save(self, path: Path, data: bytes | Iterable[bytes], kind: Sort, titles: bytes = b"") -> None:
        """Write an output whole or not at all, where it may stand."""
        if _identity(path) not in self._mine:
            self.claim((path, kind), titles=titles)
        save(path, sealed(data, kind) if isinstance(data, bytes) and kind != "plain" else data)

    def _decide(self, path: Path, kind: Sort, titles: bytes) -> None:
        parent = next((p for p in path.absolute().parents if os.path.lexists(p)), None)
        if parent is not None and not parent.is_dir():
            raise UsageError(NO_FOLDER.format(path=path, parent=parent))
        if not os.path.lexists(path) or not path.exists():  # a link that leads nowhere is replaced, not followed
            return
        if not stat.S_ISREG(path.stat().st_mode):
            raise UsageError(NO_FILE.format(path=path))
        among = self._among_what_is_read(path)
        findings = kind == "findings" and self._carries_on(path)
        if among == "file" and not findings:
            raise UsageError(SENT.format(path=path))
        seal = seal_of(path)
        ours = findings or seal in _REPORTS | _ALSO.get(kind, frozenset()) or is_report(path)
        if ours and (not among or findings or seal not in _ALSO):
            return
        if among:
            raise UsageError(SENT.format(path=path))
        if is_notice(path) or (titles and begins_with(path, titles)):
            return
        if seal in ("filled", "return") or self._filled(path):
            raise UsageError(FILLED.format(path=path))
        if not self.force:
            raise UsageError(OTHER.format(path=path))

    def _among_what_is_read(self, path: Path) -> Literal["file", "folder", ""]:
        """Whether a file is one that was named to be read, or lies in a folder that was: under whatever name."""
        for given in (g for g in self.read if g is not None and g.exists()):
            if not given.is_dir():
                if is_same(path, given):
                    return "file"
            elif any(is_same(parent, given) for parent in path.resolve().parents) or _linked_into(path, given):
                return "folder"
        return ""

    def _carries_on(self, path: Path) -> bool:
        """True for a findings workbook: what the coordinator typed into it goes on into the one that replaces it."""
        from xltools.review.typed import typed_in

        return typed_in(path) is not None

    def _filled(self, path: Path) -> bool:
        """True for a workbook of one of our forms in which something stands that neither form nor bureau put there."""
        try:
            submission = load_watched(path, str(path), self.home)
        except (
            UnreadableFile
        ) as error:  # locked with a password, or of a form that is not on hand: whose it is we cannot see
            return error.reason in ("encrypted", "other_form")
        except (XltoolsError, OSError):
            return False
        return any(not _put_there(submission, key) for key in submission.readings) or bool(submission.structure.outside)


def _put_there(submission: Submission, key: Key) -> bool:
    """True when an input holds what a blank or prefilled workbook holds."""
    reading = submission.readings[key]
    given = submission.prefilled.get(key.field) if key.row < 0 else None
    start = defaults(submission.form)
    return (key in start and reading.value == start[key]) or (given is not None and given == plain_text(reading.raw))


def _identity(path: Path) -> str:
    return os.path.normcase(os.path.realpath(path))


def is_same(one: Path, other: Path) -> bool:
    """True when two paths lead to one file or folder, whatever they are called; False where one is not there."""
    try:
        return one.samefile(other)
    except OSError:
        return False


def _linked_into(path: Path, folder: Path) -> bool:
    """True when a file with several names has one of them in a folder."""
    if path.stat().st_nlink < 2:
        return False
    return any(is_same(path, Path(where) / name) for where, _, names in os.walk(folder) for name in names)
