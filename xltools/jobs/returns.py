"""What check sends back: return copies and notices into a folder, and the coordinator's findings workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from xltools.bilingual import Pair
from xltools.errors import UnreadableFile, UsageError
from xltools.findings.report import Checked, Report
from xltools.findings.wording import Wording
from xltools.form.model import Form
from xltools.intake.files.input_file import InputFile
from xltools.intake.files.names import stem_of
from xltools.intake.open import load
from xltools.output.notices import as_file, notice, reminder
from xltools.recalc.workspace import Workspace
from xltools.review.decisions import Decision
from xltools.rules.catalogue import catalogue
from xltools.writing.department.make import file_name
from xltools.writing.files import save
from xltools.writing.findings_book import FindingsBook, findings_book
from xltools.writing.return_copy.book import return_copy

REMINDER = "未报送_通知.txt"
_NOT_REPORTED = Pair("未报送的部门", "not reported")


@dataclass
class Sent:
    """What was made for the departments: return copies by the submission's file, notices (code, department, text)."""

    copies: dict[str, Path] = field(default_factory=dict)
    notices: list[tuple[str, str, str]] = field(default_factory=list)


def refuse_inside(folder: Path | None, paths: Sequence[Path], lang: str) -> None:
    """Raise UsageError when return copies would lie among the submissions: the next run would take them for some."""
    if folder is None:
        return
    target = folder.resolve()
    for given in paths:
        if given.is_dir() and target.is_relative_to(given.resolve()):
            raise UsageError(
                f"退回件不能放在报送件的文件夹里（{folder} 在 {given} 里）：下次审核会把它们当成报送件；请另选文件夹"
                if lang == "zh"
                else f"{folder} lies within {given}: the next run would take the return copies for submissions"
            )


def goes_back(checked: Checked) -> bool:
    """True when a submission is returned: it is not clean, and no newer one of its department replaces it."""
    return checked.status != "passed" and not checked.superseded


def send_back(
    files: Sequence[InputFile],
    report: Report,
    workspace: Workspace,
    folder: Path | None,
    wording: Wording,
    passwords: Sequence[str] = (),
) -> Sent:
    """Make the notice of every submission that goes back and, given a folder, write it there with the return copy."""
    sent = Sent()
    paths = {found.shown: found.path for found in files}
    names: set[str] = set()
    for checked in report.submissions:
        if not goes_back(checked):
            continue
        copy = ""
        stem = (checked.code, checked.department or stem_of(checked.file))
        if folder is not None and checked.form:
            suffix = f"_退回{checked.round + 1}"
            copy = _unused(file_name(*stem, suffix), names)
            try:
                submission = load(paths[checked.file], checked.file, workspace, passwords)
            except UnreadableFile:  # it changed or went away since it was checked
                copy = ""
            else:
                save(folder / copy, return_copy(workspace, submission, checked, wording))
                sent.copies[checked.file] = folder / copy
        form = workspace.form(checked.form) if checked.form else None
        text = notice(checked, form, copy, wording)
        sent.notices.append((checked.code, checked.department or checked.file, text))
        if folder is not None:
            save(folder / _unused(file_name(*stem, "_通知", ".txt"), names), as_file(text))
    if report.missing:
        text = reminder(report.missing, _one_form(report, workspace), wording)
        sent.notices.append(("", wording.text(_NOT_REPORTED), text))
        if folder is not None:
            save(folder / REMINDER, as_file(text))
    return sent


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
    files: Sequence[InputFile],
    report: Report,
    workspace: Workspace,
    sent: Sent,
    folder: Path,
    wording: Wording,
    decisions: Sequence[Decision] = (),
    day: str = "",
) -> bytes:
    """Return the findings workbook that will stand in `folder`."""
    forms = [workspace.form(name) for name in sorted({c.form for c in report.submissions if c.form})]
    on_disk: Mapping[str, Path] = {f.shown: f.path for f in files if str(f.path) == f.shown}
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
            decisions=decisions,
            day=day,
        )
    )
