"""From a file to a submission: hash, read, find its form, bind."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from xltools.errors import DefinitionError, UnreadableFile
from xltools.form.layout import Layout
from xltools.form.model import Form
from xltools.intake.binding.bind import bind
from xltools.intake.binding.meta import capacities_of, read_meta
from xltools.intake.edition import edition_of
from xltools.intake.files.bounds import FileLimits, at_hand, bounds
from xltools.intake.files.container import RESAVED, WORKBOOKS, kind_of
from xltools.intake.files.foreign import LACKS, LEGACY, read_foreign
from xltools.intake.files.regular import read_file
from xltools.intake.files.worker import run_watched
from xltools.intake.submission import Submission
from xltools.intake.xlsx.book import read_book
from xltools.intake.xlsx.model import Book
from xltools.recalc.workspace import Workspace

ENOUGH_NAMES = 0.3
"""Of a form's defined names, the share a workbook without _meta must carry to be taken for that form."""


def load(
    path: Path, shown: str, workspace: Workspace, passwords: Sequence[str] = (), limits: FileLimits | None = None
) -> Submission:
    """Read the workbook at `path` as a submission; `shown` is how the report calls it. Raises UnreadableFile."""
    return load_bytes(read_file(path, limits or bounds().file), shown, workspace, passwords, limits)


def load_watched(path: Path, shown: str, workspace: Workspace, passwords: Sequence[str] = ()) -> Submission:
    """The same, a large or strange workbook in a watched process."""
    limits = bounds()
    try:
        return load(path, shown, workspace, passwords, at_hand(limits.file))
    except UnreadableFile as error:
        if not is_too_much(error):
            raise
    return run_watched(load, (path, shown, workspace, tuple(passwords)), limits.work)


def is_too_much(error: UnreadableFile) -> bool:
    """True when a file exceeded what it may cost; with other bounds it might not."""
    return error.reason.startswith("too_many") or error.reason in ("too_large", "too_much_text", "ratio")


def load_bytes(
    data: bytes, shown: str, workspace: Workspace, passwords: Sequence[str] = (), limits: FileLimits | None = None
) -> Submission:
    """Read a workbook's bytes as a submission; `passwords` are tried on an encrypted one. Raises UnreadableFile."""
    book, by_password = open_book(data, passwords, limits)
    meta = read_meta(book)
    form = edition_of(find_form(book, meta, workspace), meta, book, workspace)
    layout = workspace.layout(form, capacities_of(form, meta, book, workspace.layout(form)))
    if book.format in LEGACY:
        refuse_lost_numbers(book, layout)
    submission = bind(book, layout, shown, hashlib.sha256(data).hexdigest(), meta)
    submission.format, submission.by_password = book.format, by_password
    submission.active += _hidden_sheets(book, submission)
    if book.format in LEGACY:
        submission.lacks = LACKS
        _forgive(submission)
    return submission


def open_book(data: bytes, passwords: Sequence[str] = (), limits: FileLimits | None = None) -> tuple[Book, bool]:
    """Return what a file's bytes hold as a workbook, whatever its format, and whether a password opened it."""
    limits = limits or bounds().file
    if len(data) > limits.file_bytes:
        raise UnreadableFile("too_large", bytes=len(data), limit=limits.file_bytes)
    kind = "xlsx"
    try:
        return read_book(data, limits), False
    except UnreadableFile as error:
        if error.reason not in _ASK_AGAIN:
            raise
        kind = kind_of(data)
        if kind == "xlsx" or (kind == "zip" and error.reason == "truncated"):
            raise
    if kind in WORKBOOKS:
        return read_foreign(data, kind, passwords, limits, bounds().work)
    raise UnreadableFile("empty" if kind == "empty" else "resaved" if kind in RESAVED else "other_kind", kind=kind)


_ASK_AGAIN = frozenset({"ole2", "not_zip", "no_workbook", "truncated", "bad_workbook", "encrypted"})
"""Reasons of the .xlsx reader that may mean that the file is something else."""


def _hidden_sheets(book: Book, submission: Submission) -> list[tuple[str, str]]:
    """Return the sheets that were hidden so that Excel's menu does not show them, the form's own aside."""
    own = set(submission.structure.sheet_of.values())
    return [("very_hidden", s.name) for s in book.sheets if s.state == "veryHidden" and s.name not in own]


def refuse_lost_numbers(book: Book, layout: Layout) -> None:
    """Refuse a workbook that has none of the form's fixed numbers on a sheet, nor any other beside its first column:
    some programs write an old format so that its numbers cannot be read, and each would be told as missing."""
    there = {sheet.name: sheet for sheet in book.sheets}
    for name, texts in layout.locked_texts.items():
        fixed = [column for _, column, text in texts if isinstance(text, int | float) and column > 1]
        sheet = there.get(name)
        if len(fixed) < _A_COLUMN or sheet is None:
            continue
        if not any(type(cell.value) in (int, float) for (_, column), cell in sheet.cells.items() if column > 1):
            raise UnreadableFile("numbers_lost", kind=book.format)


_A_COLUMN = 3
"""Fixed numbers of a sheet, of which all would not be deleted by chance."""


def _forgive(submission: Submission) -> None:
    """Take out of the evidence what a format cannot carry: that it is absent says nothing about the sender."""
    structure = submission.structure
    structure.lost_names.clear()
    structure.moved_names.clear()
    structure.unprotected.clear()
    structure.lost_validations.clear()


def find_form(book: Book, meta: dict[str, str], workspace: Workspace) -> Form:
    """Return the form a workbook is of: as _meta says, else the one most of whose names or sheets it carries."""
    ids = workspace.form_ids
    named = meta.get("form", "")
    if named in ids:
        return workspace.form(named)
    best: tuple[float, Form] | None = None
    for name in ids:
        try:
            form = workspace.form(name)
        except DefinitionError:
            if len(ids) == 1:
                raise
            continue
        layout = workspace.layout(form)
        names = sum(n in book.names for n in layout.names) / max(1, len(layout.names))
        sheets = {s.name for s in book.sheets}
        own = [s.name for s in form.sheets if s.kind == "data"]
        shared = sum(n in sheets for n in own) / max(1, len(own))
        score = max(names, shared if shared > 0.5 else 0.0)
        if best is None or score > best[0]:
            best = (score, form)
    if best is not None and best[0] >= ENOUGH_NAMES:
        return best[1]
    if named:
        raise UnreadableFile("other_form", form=named)
    raise UnreadableFile("not_ours")
