"""Finds the workbooks among the paths that were given, archives opened, and says what was set aside and why."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from stat import S_ISREG

from xltools.bilingual import Pair
from xltools.errors import UnreadableFile, UsageError
from xltools.intake.files.archives.sink import NO_ROOM
from xltools.intake.files.archives.unpack import unpack
from xltools.intake.files.bounds import bounds
from xltools.intake.files.container import ARCHIVES, NARRATIVES, SPREADSHEETS, WORKBOOKS, kind_of_file
from xltools.intake.files.input_file import PLAIN, InputFile, SetAside
from xltools.intake.files.names import Names, ending_of, name_of, readable
from xltools.temporary import spool

ENDINGS = frozenset({".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlsb", ".et", ".ett", ".ods", ".xlt", ".csv"})
"""A file that calls itself a workbook is checked, whatever it turns out to be."""
TEXTS = frozenset({".docx", ".doc", ".wps", ".pdf", ".txt", ".odt", ".rtf", ".ofd"})
_REPORT, _SECTION, _SHORT = ("报告", "自评", "说明", "总结"), "一、", 2_000
"""What a text's name says of a report, how its first section begins, and the bytes that no report is shorter than."""
NOT_THERE = Pair("没有这个文件或文件夹：{path}", "there is no such file or folder: {path}")
SYSTEM = frozenset({".ds_store", "thumbs.db", "desktop.ini"})


def discover(paths: Sequence[Path], passwords: Sequence[str] = ()) -> tuple[list[InputFile], list[SetAside]]:
    """Return the workbooks under `paths` in order, and what was set aside. Raises UsageError for a path not there."""
    search = _Search(tuple(passwords), len(paths) > 1)
    for given in paths:
        if not os.path.lexists(given):
            raise UsageError(NOT_THERE.format(path=readable(str(given))))
        if given.is_dir():
            search.folder(given)
        else:
            search.file(given, readable(str(given)), given=True)
    return _distinct(search.found, search.aside)


def _distinct(found: list[InputFile], aside: list[SetAside]) -> tuple[list[InputFile], list[SetAside]]:
    """Give files whose names only look alike shown names that differ: 自评表.xlsx, 自评表〔2〕.xlsx."""
    names = Names()
    return (
        [replace(item, shown=names.distinct(item.shown)) for item in found],
        [replace(item, shown=names.distinct(item.shown)) for item in aside],
    )


@dataclass(slots=True)
class _Search:
    passwords: tuple[str, ...]
    several: bool = False
    found: list[InputFile] = field(default_factory=list)
    aside: list[SetAside] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    def folder(self, given: Path) -> None:
        """Take everything under a folder, in the order of names; folders that are links are named, not entered."""

        def denied(error: OSError) -> None:
            self.aside.append(SetAside(readable(str(error.filename)), "denied"))

        for folder, folders, names in os.walk(given, onerror=denied):
            folders.sort()
            here = Path(folder)
            for name in list(folders):
                if (here / name).is_symlink():
                    folders.remove(name)
                    self.aside.append(SetAside(readable(str(here / name)), "link"))
            for name in sorted(names):
                self.file(here / name, readable(str(here / name)), inbox=given)

    def file(self, path: Path, shown: str, given: bool = False, inbox: Path | None = None) -> None:
        """Take one file of the disk, once; a link that leads out of the `inbox` is named, not followed."""
        real = os.path.realpath(path)
        sent = _as_sent(path, inbox, self.several)
        if inbox is not None and path.is_symlink() and not Path(real).is_relative_to(os.path.realpath(inbox)):
            self.aside.append(SetAside(shown, "link_outside"))
            return
        if real in self.seen:
            if not given:
                self.aside.append(SetAside(shown, "link"))
            return
        self.seen.add(real)
        name = name_of(shown)
        reason = None if given else _by_name(name)
        if reason is not None:
            self.aside.append(SetAside(shown, reason))
        elif ending_of(name) in PLAIN and (given or _has_content(path)):
            self.found.append(InputFile(path, shown, sent=sent))
        else:
            self._by_content(InputFile(path, shown, sent=sent), given, bounds().archive.depth)

    def _by_content(self, file: InputFile, given: bool, depth: int) -> None:
        path, shown, ending = file.path, file.shown, ending_of(file.shown)
        try:
            if not S_ISREG(path.stat().st_mode):
                self._take(given, replace(file, problem="not_a_file"), SetAside(shown, "special"))
                return
            kind = kind_of_file(path)
        except (OSError, UnreadableFile):
            self.found.append(replace(file, problem="cannot_open"))
            return
        if kind == "empty":
            self._take(given, replace(file, problem="empty"), SetAside(shown, "empty", kind))
        elif kind in ARCHIVES and ending not in ENDINGS and ending not in TEXTS:
            self._archive(file, kind, depth)
        elif kind in WORKBOOKS or kind in SPREADSHEETS or ending in ENDINGS:
            self.found.append(file)
        elif kind == "text" and not given and _is_letter(path, name_of(shown)):
            self.aside.append(SetAside(shown, "other", kind))
        elif (kind in NARRATIVES and kind != "text") or ending in TEXTS:
            self.aside.append(SetAside(shown, "narrative", kind, path))
        else:
            self._take(given, file, SetAside(shown, "other", kind))

    def _take(self, given: bool, found: InputFile, aside: SetAside) -> None:
        """A file that was named by the operator is answered with a finding, one met on the way set aside."""
        if given:
            self.found.append(found)
        else:
            self.aside.append(aside)

    def _archive(self, file: InputFile, kind: str, depth: int) -> None:
        if depth < 0:
            self.found.append(replace(file, problem="archive_too_deep"))
            return
        limits = bounds()
        before = len(self.found) + len(self.aside)
        try:
            members = unpack(file.path, kind, _new_folder(), self.passwords, limits.archive, limits.work)
        except UnreadableFile as error:
            self.found.append(replace(file, problem=error.reason))
            return
        for number, member in enumerate(sorted(members, key=lambda m: m.name.replace("\\", "/").split("/"))):
            shown = f"{file.shown}/{readable(member.name.replace(chr(92), '/')).lstrip('/')}"
            sent = f"{file.sent}\0{member.name}"
            if member.path is None:
                self._problem(InputFile(file.path, shown, member.problem, number, sent))
            else:
                self._member(InputFile(member.path, shown, sent=sent), depth)
        if len(self.found) + len(self.aside) == before:
            self.aside.append(SetAside(file.shown, "empty", kind))

    def _problem(self, found: InputFile) -> None:
        """Take a member that was not unpacked."""
        reason = "link" if found.problem == "link_member" else _in_archive(found.shown)
        if reason is not None:
            self.aside.append(SetAside(found.shown, reason))
        else:
            self.found.append(found)

    def _member(self, member: InputFile, depth: int) -> None:
        reason = _in_archive(member.shown)
        if reason is not None:
            self.aside.append(SetAside(member.shown, reason))
        else:
            self._by_content(member, False, depth - 1)


def _as_sent(path: Path, inbox: Path | None, several: bool) -> str:
    """Return how a file was sent: its path in the folder that was given, that folder's name before it where it was
    one of several; of a file that was given, its own name and its folder's."""
    folder = path.parent if inbox is None else inbox
    inside = path.relative_to(folder).as_posix()
    return f"{folder.resolve().name}/{inside}" if several or inbox is None else inside


def _in_archive(name: str) -> str | None:
    """Return why a member of an archive is set aside for its name alone, or None."""
    return _by_name(name_of(name)) or ("system" if "/__MACOSX/" in name else None)


def _has_content(path: Path) -> bool:
    try:
        status = path.stat()
    except OSError:
        return False
    return S_ISREG(status.st_mode) and status.st_size > 0


def _is_letter(path: Path, name: str) -> bool:
    """True for a short text that neither its name nor a numbered section calls a report: the body of a mail (正文.txt)."""
    if any(word in name for word in _REPORT) or path.stat().st_size > _SHORT:
        return False
    content = path.read_bytes()
    return not any(_SECTION.encode(encoding) in content for encoding in ("utf-8", "gb18030", "utf-16-le", "utf-16-be"))


def _by_name(name: str) -> str | None:
    """Return why a file is set aside for its name alone, or None."""
    lower = name.lower()
    if lower.startswith(("~$", ".~")):
        return "lock"
    return "system" if lower in SYSTEM or lower.startswith("._") else None


def _new_folder() -> Path:
    """Return a fresh folder for an archive's members. Raises UsageError where the computer has no room for it."""
    try:
        return Path(tempfile.mkdtemp(dir=spool()))
    except OSError as error:
        raise UsageError(NO_ROOM.format(folder=tempfile.gettempdir(), error=error.strerror)) from None
