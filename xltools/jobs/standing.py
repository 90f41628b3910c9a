"""What stands already where an output is to go: whose it may be, and whether --force may replace it.

What a department may have sent is never replaced: any workbook of a form, old and binary formats, archives, documents
and scans, damaged ones too. That leaves what nobody sends in: texts, JSON, tables as text, workbooks of no form.
"""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from xltools.bilingual import Pair
from xltools.errors import UnreadableFile, XltoolsError
from xltools.intake.files.container import KIND_WORDS, kind_of_file
from xltools.intake.files.discover import ENDINGS, TEXTS
from xltools.intake.files.input_file import PLAIN
from xltools.intake.files.names import ending_of
from xltools.intake.open import load_watched
from xltools.recalc.workspace import Workspace
from xltools.writing.seal import seal_of

FILLED = Pair(
    "{path} 是“{form}”的工作簿，可能是部门填报的，不会被替换（加 --force 也不会）；请另选输出位置，或先移走它",
    "{path} is a workbook of the form “{form}”, which nothing replaces (--force neither); name another place or move it",
)
LIKE_SENT = Pair(
    "{path}（{kind}）可能是部门报来的，不会被替换（加 --force 也不会）；请另选输出位置，或先移走它",
    "{path} ({kind}) may be what a department sent: nothing replaces it (--force neither); name another place or move it",
)
NOT_SEEN = Pair(
    "{path} 打不开，看不出是谁的，不会被替换（加 --force 也不会）；请另选输出位置，或先移走它",
    "{path} cannot be opened to see whose it is: nothing replaces it (--force neither); name another place or move it",
)
_FIRST = 20
_PLAIN_TEXT = frozenset({"text", "csv", "empty"})
_SENT_AS = (ENDINGS - PLAIN | TEXTS | {".zip", ".7z", ".rar"}) - {".docx", ".txt", ".csv"}
"""Names that no output of ours has: a text that bears one was sent, by an odd program."""


def is_text(path: Path) -> bool:
    """True for a text of any kind, and for an empty file."""
    try:
        return kind_of_file(path) in _PLAIN_TEXT
    except (UnreadableFile, OSError):
        return False


def is_named_as_sent(name: str) -> bool:
    """True for a name under which a run takes a file of a folder for one that was sent."""
    return ending_of(name) in ENDINGS | TEXTS


def filled_in(folder: Path, home: Workspace) -> Path | None:
    """Return a workbook of a form in a folder that is not as we wrote it; of many workbooks the first are looked at."""
    books = sorted(folder.glob("*.xlsx")) if folder.is_dir() else []
    return next(
        (path for path in islice((b for b in books if seal_of(b) is None), _FIRST) if _is_of_form(path, home)), None
    )


def _is_of_form(path: Path, home: Workspace) -> bool:
    try:
        return load_watched(path, str(path), home) is not None
    except (XltoolsError, OSError):
        return False


def why_kept(path: Path, home: Workspace) -> Pair | None:
    """Return why nothing replaces the file that stands there, --force or not; None where --force may."""
    try:
        kind = kind_of_file(path)
    except (UnreadableFile, OSError):
        return NOT_SEEN.format(path=path)
    if kind == "xlsx":
        return _workbook(path, home)
    ending = ending_of(path.name)
    if kind in _PLAIN_TEXT and (kind == "empty" or ending not in _SENT_AS):
        return None
    return LIKE_SENT.format(path=path, kind=KIND_WORDS[kind])


def _workbook(path: Path, home: Workspace) -> Pair | None:
    """Return why a workbook stays: it is of a form, or does not let itself be read as far as to tell."""
    try:
        submission = load_watched(path, str(path), home)
    except UnreadableFile as error:
        return None if error.reason == "not_ours" else LIKE_SENT.format(path=path, kind=KIND_WORDS["xlsx"])
    except (XltoolsError, OSError):
        return NOT_SEEN.format(path=path)
    return FILLED.format(path=path, form=submission.form.title)
