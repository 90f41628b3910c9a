"""Older workbooks that new ones start from: read once, then asked for each department."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from xltools.bilingual import Pair
from xltools.console import Console
from xltools.errors import UnreadableFile
from xltools.form.model import Form
from xltools.intake.files.bounds import bounds
from xltools.intake.files.discover import discover
from xltools.intake.files.regular import read_file
from xltools.intake.open import load, open_book
from xltools.intake.roster import Department
from xltools.intake.submission import Submission, jsonable
from xltools.intake.xlsx.model import Book
from xltools.recalc.workspace import Workspace
from xltools.rules.unreadable import card_of_reason
from xltools.writing.department.carry_over import Carried, carry_over
from xltools.writing.department.inputs import defaults

CANNOT_READ = Pair("{file}：{why}，没有用到", "{file}: not used: {why}")


class Older:
    """The older workbooks below a path, each with its raw cells."""

    def __init__(self, home: Workspace, path: Path, console: Console) -> None:
        self.books = list(_older(home, path, console))
        self._taken: set[str] = set()

    def given_to(self, department: Department, form: Form) -> tuple[str, Carried]:
        """Return whose file a department's workbook starts from ("": none), and what of it, over what a blank one holds."""
        match = next((o for o in self.books if _belongs(o[0], department)), None)
        carried = Carried() if match is None else carry_over(*match, form)
        blank = {key.field: jsonable(value) for key, value in defaults(form).items()}
        carried.values = blank | carried.values
        if match is None:
            return "", carried
        self._taken.add(match[0].file)
        return match[0].file, carried

    @property
    def unused(self) -> list[str]:
        """The files that no department started from."""
        return [submission.file for submission, _ in self.books if submission.file not in self._taken]


def _older(home: Workspace, previous: Path, console: Console) -> Iterator[tuple[Submission, Book]]:
    """Yield the older workbooks that can be read, each with its raw cells; say which cannot."""
    files, _ = discover([previous])
    for found in files:
        try:
            yield load(found.path, found.shown, home), open_book(read_file(found.path, bounds().file))[0]
        except UnreadableFile as error:
            console.warn(CANNOT_READ.format(file=found.shown, why=card_of_reason(error).name))
        except OSError as error:
            console.warn(CANNOT_READ.format(file=found.shown, why=error.strerror))


def _belongs(submission: Submission, department: Department) -> bool:
    return submission.code == department.code or (not submission.code and submission.department == department.name)
