"""Decides where an output may stand, for every command: before any work, and in one place.

Never on a file of the run, in a round's inbox, nor on what a department may have sent; on what we wrote and nobody
changed since, always; on any other file, in the place of a link, and where it would mingle with what was sent (a folder
that is read, one for several outputs that holds a filled workbook), only with --force.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Literal

from xltools.bilingual import Pair
from xltools.errors import UsageError
from xltools.jobs.round.home import refuse_in_inbox
from xltools.jobs.standing import filled_in, is_named_as_sent, is_text, why_kept
from xltools.output.marks import begins_with, is_notice, is_report
from xltools.recalc.workspace import Workspace
from xltools.writing.files import save
from xltools.writing.seal import Kind, seal_of, sealed

Sort = Kind | Literal["plain"]
"""What an output is; a plain one is a text, JSON or CSV file, which carries no seal."""
_REPORTS = frozenset({"findings", "summary", "text"})
_ALSO: dict[Sort, frozenset[str]] = {
    "blank": frozenset({"blank"}),
    "filled": frozenset({"blank", "filled"}),
    "return": frozenset({"blank", "return"}),
    "narrative": frozenset({"narrative"}),
    "definition": frozenset({"definition"}),
}
"""What an output may replace besides reports, as long as nobody changed it since we wrote it: one with values in it
only what is of its kind."""
SENT = Pair(
    "{path} 是这次要读的文件，不能用来写结果；请另选输出位置",
    "{path} is read by this run: no result is written there; name another place",
)
OTHER = Pair(
    "{path} 已经存在，不是本程序写出后未改动的文件；请另选输出位置，确要替换请加 --force",
    "{path} is there already and is not as this program wrote it; name another place, or use --force to replace it",
)
LINK = Pair(
    "{path} 是一个链接；请写明它指向的文件，或加 --force 用结果代替这个链接（指向的文件不动）",
    "{path} is a link; name the file it leads to, or put the result in the link's place with --force",
)
NO_FILE = Pair("{path} 不是普通文件，不能写在那里；请另选输出位置", "{path} is no regular file; name another place")
NO_FOLDER = Pair(
    "{path} 写不了：{parent} 不是文件夹；请另选输出位置", "{path} cannot be written: {parent} is no folder"
)
AMONG = Pair(
    "{path} 在要读的文件夹 {folder} 里，下次会被当成报送件；请写到别处，确要写在那里请加 --force",
    "{path} lies in {folder}, which is read: the next run would take it as sent; "
    "name another place, or use --force to write it there",
)
BESIDE = Pair(
    "{folder} 里有填报过的工作簿 {name}，生成的文件会和它们混在一起；请另选文件夹，确要写在那里请加 --force",
    "{folder} holds a filled workbook, {name}: what is written would mingle with it; "
    "name another folder, or use --force to write there",
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

    def keep(self, path: Path) -> Path | None:
        """Copy what somebody changed since we wrote it to a free name beside it, and return that; None where all of it
        is ours. Of a findings workbook only the decisions go on: notes and sheets of the coordinator's own would not."""
        if not path.is_file() or seal_of(path) is not None:
            return None
        names = (path.with_name(f"{path.stem}_改前{number}{path.suffix}") for number in count(1))
        free = next(name for name in names if not os.path.lexists(name))
        save(free, path.read_bytes())
        return free

    def enter(self, folder: Path) -> None:
        """Raise UsageError, before any work, when several outputs may not stand in a folder."""
        refuse_in_inbox(folder / "x")
        self._refuse_among_sent(folder / "x.xlsx")
        if not self.force and (filled := filled_in(folder, self.home)) is not None:
            raise UsageError(BESIDE.format(folder=folder, name=filled.name))

    def _refuse_among_sent(self, path: Path) -> None:
        """Raise UsageError where the next run would take a new file for one that was sent."""
        if self.force or not is_named_as_sent(path.name):
            return
        for given in (g for g in self.read if g is not None and g.is_dir() and g != self.home.forms_dir):
            if any(is_same(place, given) for place in (*path.absolute().parents, *path.resolve().parents)):
                raise UsageError(AMONG.format(path=path, folder=given))

    def _decide(self, path: Path, kind: Sort, titles: bytes) -> None:
        parent = next((p for p in path.absolute().parents if os.path.lexists(p)), None)
        if parent is not None and not parent.is_dir():
            raise UsageError(NO_FOLDER.format(path=path, parent=parent))
        refuse_in_inbox(path)
        if not os.path.lexists(path):
            self._refuse_among_sent(path)
            return
        if path.exists() and not stat.S_ISREG(path.stat().st_mode):
            raise UsageError(NO_FILE.format(path=path))
        if not self._is_replaceable(path, kind, titles) and not self.force:
            raise UsageError((LINK if path.is_symlink() else OTHER).format(path=path))

    def _is_replaceable(self, path: Path, kind: Sort, titles: bytes) -> bool:
        """True for what we wrote and nobody changed. Raises UsageError for what nothing may replace."""
        among = self._among_what_is_read(path)
        if not path.exists():  # a link that leads nowhere
            if among:
                raise UsageError(SENT.format(path=path))
            return False
        findings = kind == "findings" and self._carries_on(path)
        if among == "file" and not findings:
            raise UsageError(SENT.format(path=path))
        seal, text = seal_of(path), is_text(path)
        ours = findings or seal in _REPORTS | _ALSO.get(kind, frozenset()) or (text and is_report(path))
        if among and (not ours or (not findings and seal in _ALSO)):
            raise UsageError(SENT.format(path=path))
        ours = ours or (text and (is_notice(path) or bool(titles and begins_with(path, titles))))
        if not ours and seal != "blank" and (why := why_kept(path, self.home)) is not None:
            raise UsageError(why)
        return ours and not path.is_symlink()

    def _among_what_is_read(self, path: Path) -> Literal["file", "folder", ""]:
        """Whether a file is one that was named to be read, or lies in a folder that was: under whatever name."""
        for given in (g for g in self.read if g is not None and g.exists()):
            if not given.is_dir():
                if is_same(path, given):
                    return "file"
            elif any(is_same(parent, given) for parent in _folders_of(path)) or _linked_into(path, given):
                return "folder"
        return ""

    def _carries_on(self, path: Path) -> bool:
        """True for a findings workbook: what the coordinator typed into it goes on into the one that replaces it."""
        from xltools.review.typed import typed_in

        return typed_in(path) is not None


def _identity(path: Path) -> str:
    return os.path.normcase(os.path.realpath(path))


def _folders_of(path: Path) -> Iterator[Path]:
    """Yield the folders in which a file lies: by its own name, and where it leads as a link."""
    for real in (path.resolve(), path.parent.resolve() / path.name):
        yield from real.parents


def is_same(one: Path, other: Path) -> bool:
    """True when two paths lead to one file or folder, whatever they are called; False where one is not there."""
    try:
        return one.samefile(other)
    except OSError:
        return False


def _linked_into(path: Path, folder: Path) -> bool:
    """True when a file with several names has one of them in a folder."""
    if not path.exists() or path.stat().st_nlink < 2:
        return False
    return any(is_same(path, Path(where) / name) for where, _, names in os.walk(folder) for name in names)
