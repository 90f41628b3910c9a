"""What check sends back: return copies and notices into a folder, and the coordinator's findings workbook."""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from xltools.bilingual import Pair
from xltools.errors import UsageError
from xltools.findings.finding import Finding
from xltools.findings.report import Checked, Report
from xltools.findings.wording import Wording
from xltools.form.model import Form
from xltools.intake.files.names import stem_of
from xltools.jobs.outputs import Sort, is_same
from xltools.jobs.round.home import REMINDER, refuse_in_inbox
from xltools.output.notices import Letter, as_file, notice, reminder
from xltools.recalc.workspace import Workspace
from xltools.review.context import RunContext
from xltools.review.keeping import submission_of
from xltools.rules.catalogue import catalogue
from xltools.writing.department.make import file_name
from xltools.writing.findings_book.book import findings_book
from xltools.writing.findings_book.contents import FindingsBook
from xltools.writing.return_copy.book import returned
from xltools.writing.rounds import returned_suffix

_LETTERS, _MARK = "bcdfghjkmnpqrstvwxz", 6
"""What a file's mark in a name is made of (no vowels: it is no word), and how long it is."""
NOT_REPORTED = Pair("未报送的部门", "not reported")
BESIDE = Pair(
    "退回件不能放在 {given} 所在的文件夹（{folder}）里：下次审核会把它们当成报送件；请另选文件夹",
    "{folder} holds {given}: the next run would take the return copies for submissions; name another folder",
)
INSIDE = Pair(
    "退回件不能放在报送件的文件夹里（{folder} 在 {given} 里）：下次审核会把它们当成报送件；请另选文件夹",
    "{folder} lies within {given}: the next run would take the return copies for submissions",
)


@dataclass
class Sent:
    """What was made for the departments: return copies by the submission's file, notices (code, department, text)."""

    copies: dict[str, Path] = field(default_factory=dict)
    notices: list[tuple[str, str, str]] = field(default_factory=list)


class Places(Protocol):
    """What decides where an output may stand, and writes it there."""

    def claim(self, *targets: tuple[Path | None, Sort]) -> None:
        """Refuse, before anything is written, what may not be written."""

    def save(self, path: Path, data: bytes, kind: Sort) -> None:
        """Write one output."""


@dataclass(frozen=True)
class Post:
    """How what goes to departments leaves: into which folder a submission's papers go (None: those of the departments
    that sent nothing), what writes them there, what a notice says at its end."""

    folder_of: Callable[[Checked | None], Path]
    places: Places
    letter: Letter | None = None


def refuse_inside(folder: Path, paths: Sequence[Path]) -> None:
    """Raise UsageError when return copies would lie among the submissions: the next run would take them for some."""
    refuse_in_inbox(folder / REMINDER)
    target = folder.resolve()
    for given in paths:
        if not given.is_dir():
            if is_same(target, given.parent) or is_same(target, given.resolve().parent):
                raise UsageError(BESIDE.format(folder=folder, given=given))
        elif any(is_same(place, given) for place in (target, *target.parents)):
            raise UsageError(INSIDE.format(folder=folder, given=given))


def goes_back(checked: Checked) -> bool:
    """True when a submission is returned: it is not clean, and no newer one of its department replaces it."""
    return checked.status != "passed" and not checked.superseded


def send_back(context: RunContext, report: Report, wording: Wording, post: Post | None) -> Sent:
    """Make the notice of every submission that goes back and, where they are posted, write it with the return copy."""
    sent = Sent()
    back = named(context, report)
    letter = post.letter if post is not None else None
    if post is not None:
        post.places.claim(*((post.folder_of(checked) / copy, "return") for checked, copy, _ in back if copy))
        post.places.claim(*((post.folder_of(checked) / said, "plain") for checked, _, said in back))
    for checked, copy, said in back:
        settled: tuple[Finding, ...] = ()
        if post is not None and copy:
            submission = submission_of(checked, context.workspace)
            target = sent.copies[checked.file] = post.folder_of(checked) / copy
            deadline = letter.deadline if letter is not None else ""
            made = returned(context.workspace, submission, checked, wording, deadline)
            post.places.save(target, made.data, "return")
            settled = made.settled
        form = context.workspace.form(checked.form) if checked.form else None
        text = notice(checked, form, copy if post is not None else "", wording, letter, settled)
        sent.notices.append((checked.code, checked.department or checked.file, text))
        if post is not None:
            post.places.save(post.folder_of(checked) / said, as_file(text), "plain")
    if report.missing:
        text = reminder(report.missing, _one_form(report, context.workspace), wording, letter)
        sent.notices.append(("", wording.text(NOT_REPORTED), text))
        if post is not None:
            post.places.save(post.folder_of(None) / REMINDER, as_file(text), "plain")
    return sent


def named(context: RunContext, report: Report) -> list[tuple[Checked, str, str]]:
    """Return what goes back, with the names of its return copy ("" where there can be none) and its notice: the same
    names in every run, whoever else sent something."""
    sent = {file.shown: file.sent for file in context.files}
    names: set[str] = set()
    found = []
    back = list(filter(goes_back, report.submissions))
    owners = Counter((checked.code, checked.department) for checked in back if checked.form)
    for checked in back:
        stem = (checked.code, checked.department or stem_of(checked.file))
        plain = _tells_apart(checked) and owners[stem] == 1
        tail = "" if plain else f"_{_mark(sent.get(checked.file, checked.file))}"
        turn = returned_suffix(checked.round + 1)
        copy = _unused(file_name(*stem, f"{tail}{turn}"), names) if checked.form else ""
        found.append((checked, copy, _unused(file_name(*stem, f"{tail}_通知", ".txt"), names)))
    return found


def _tells_apart(checked: Checked) -> bool:
    """True when code and name make a file name that no other department's can: nothing of them is lost in it, nor in
    the eyes of a file system that ignores case."""
    code, name = checked.code, checked.department
    if not (checked.form and code and name) or "_" in code or code != code.upper():
        return False
    return file_name(code, name) == unicodedata.normalize("NFC", f"{code}_{name}.xlsx")


def _mark(sent: str) -> str:
    """Return a few letters that stand for the place at which a file was sent; letters, for digits might be a code."""
    digest = hashlib.sha256(sent.encode("utf-8", "surrogatepass")).digest()
    return "".join(_LETTERS[byte % len(_LETTERS)] for byte in digest[:_MARK])


def _unused(name: str, names: set[str]) -> str:
    """Return a file name that this run has not used, as file systems that ignore case see it."""
    stem, _, ending = name.rpartition(".")
    found, number = name, 1
    while found.casefold() in names:
        number += 1
        found = f"{stem}（{number}）.{ending}"
    names.add(found.casefold())
    return found


def _one_form(report: Report, workspace: Workspace) -> Form | None:
    """Return the form of the run, when it is one."""
    ids = {c.form for c in report.submissions if c.form}
    return workspace.form(ids.pop()) if len(ids) == 1 else None


def coordinator_book(
    context: RunContext,
    report: Report,
    sent: Sent,
    folder: Path,
    wording: Wording,
    day: str = "",
    in_round: bool = False,
) -> bytes:
    """Return the findings workbook that will stand in `folder`; `in_round`: round next writes it."""
    used = {c.form for c in report.submissions if c.form}
    former = {c.definition for c in report.submissions if c.edition}
    forms = [context.workspace.form(name) for name in (*sorted(used), *sorted(former))]
    on_disk: Mapping[str, Path] = {f.shown: f.path for f in context.files if str(f.path) == f.shown}
    return findings_book(
        FindingsBook(
            report=report,
            wording=wording,
            cards=catalogue(forms),
            forms=forms,
            folder=folder,
            paths=on_disk,
            returned=sent.copies,
            notices=sent.notices,
            decisions=context.decisions.lines,
            typed=context.decisions.typed,
            roster=context.roster,
            day=day,
            in_round=in_round,
        )
    )
