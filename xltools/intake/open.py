"""From a file to a submission: hash, read, find its form, bind."""

from __future__ import annotations

import hashlib
from pathlib import Path

from xltools.errors import DefinitionError, UnreadableFile
from xltools.form.model import Form
from xltools.intake.binding import bind, capacities_of, read_meta
from xltools.intake.submission import Submission
from xltools.intake.xlsx import Book, read_book
from xltools.recalc.workspace import Workspace

ENOUGH_NAMES = 0.3
"""Of a form's defined names, the share a workbook without _meta must carry to be taken for that form."""


def load(path: Path, shown: str, workspace: Workspace) -> Submission:
    """Read the workbook at `path` as a submission; `shown` is how the report calls it. Raises UnreadableFile."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFile("cannot_open", error=error.strerror or str(error)) from None
    return load_bytes(data, shown, workspace)


def load_bytes(data: bytes, shown: str, workspace: Workspace) -> Submission:
    """Read a workbook's bytes as a submission. Raises UnreadableFile."""
    book = read_book(data)
    meta = read_meta(book)
    form = find_form(book, meta, workspace)
    layout = workspace.layout(form, capacities_of(form, meta, book, workspace.layout(form)))
    return bind(book, layout, shown, hashlib.sha256(data).hexdigest(), meta)


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
