"""xltools summary: the consolidated workbook for the bureau, or its tables as CSV or JSON."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from xltools.bilingual import Pair, joined, same
from xltools.errors import UsageError
from xltools.findings.report import Report
from xltools.findings.texts import day_said
from xltools.jobs.common import WRITTEN, parse_day
from xltools.jobs.endings import format_of, need_ending
from xltools.jobs.outputs import Outputs
from xltools.jobs.reviewing import NO_PREVIOUS, NOTHING, ReviewOptions, context_of, outputs_of, reviewed
from xltools.review.adjustments import AdjustmentsFile
from xltools.review.context import DecisionsFile, LastYear, RunContext, RunOptions
from xltools.review.run import run as run_review

if TYPE_CHECKING:
    from xltools.summary.batch import Batch
    from xltools.summary.book import ConsolidatedBook, Imprint
    from xltools.summary.previous import Previous

NEEDS_ROSTER = Pair(
    "--by-unit 按名册的“归口科室”分开，要同时给出 --roster 名册",
    "--by-unit divides by the offices that the roster names: give --roster too",
)
ONE_FORM = Pair(
    "--brief 一次只写一种表格的情况说明，这次有 {count} 种",
    "--brief writes of one form at a time; this run has {count}",
)
UNREAD = Pair(
    "有 {count} 个文件打不开，没有计入：{files}；原因见 xltools check",
    "{count} files could not be read and are not counted: {files}; xltools check says why",
)
NONE_COUNTED = Pair(
    "收到 {count} 个文件，一个也没有计入；请先用 xltools check 查看，或用 --include failed 计入没有通过的",
    "of {count} files none is counted; see xltools check, or count those that failed with --include failed",
)
ENDINGS: dict[str, tuple[str, ...]] = {"xlsx": (".xlsx",), "json": (".json",), "csv": ()}
FEW = 6
"""Files that a line names before it says how many there are."""
NOT_COMPLETE = Pair("× 未完成：{problem}", "× not complete: {problem}")


@dataclass(frozen=True, kw_only=True)
class SummaryOptions(ReviewOptions):
    """What the command was asked for."""

    output: Path
    include: str | None = None
    by_unit: bool = False
    format_: str | None = None
    bureau: str = ""
    leader: Path | None = None
    brief: Path | None = None
    brief_template: Path | None = None


def run(options: SummaryOptions) -> int:
    """Sum up and say what came of it; return 0, 1 (something is missing or wrong) or 3."""
    made = summed(options)
    return 3 if made is None else _say(*made, options)


def summed(options: SummaryOptions) -> tuple[Batch, ConsolidatedBook] | None:
    """Check, settle what counts, write; return what was summed up and written, None where there was no workbook."""
    options = replace(options, format_=format_of(options.output, options.format_, ENDINGS, "xlsx"))
    need_ending(options.leader, "--leader", ".xlsx")
    need_ending(options.brief, "--brief", ".docx")
    if options.by_unit and options.roster is None:
        raise UsageError(NEEDS_ROSTER)
    outputs = _claimed(options)
    context = context_of(options, RunOptions(harvest=True, narratives=False), lambda _: None)
    earlier = context.previous
    if not isinstance(earlier, LastYear | None):
        raise UsageError(NO_PREVIOUS.format(path=options.previous))
    if not context.files:
        options.console.warn(NOTHING)
        return None
    context, report = reviewed(replace(context, previous=None), options)
    return _summed_up(options, outputs, context, report, _earlier(context, earlier))


def summed_of(options: SummaryOptions, context: RunContext, report: Report) -> tuple[Batch, ConsolidatedBook]:
    """Sum up a run that was made with harvest; write as `summed` does."""
    earlier = context.previous if isinstance(context.previous, LastYear) else None
    plain = replace(context, previous=None, options=RunOptions(context.options.jobs, harvest=True, narratives=False))
    return _summed_up(options, _claimed(options), context, report, _earlier(plain, earlier))


def _claimed(options: SummaryOptions) -> Outputs:
    """Return the run's outputs. Raises UsageError, before any work, for those that cannot be given."""
    outputs = outputs_of(options, options.brief_template)
    outputs.claim((options.leader, "summary"), (options.brief, "text"))
    if options.format_ != "csv":
        outputs.claim((options.output, "summary" if options.format_ == "xlsx" else "plain"))
    else:
        outputs.enter(options.output)
    return outputs


def _summed_up(
    options: SummaryOptions, outputs: Outputs, context: RunContext, report: Report, before: Report | None
) -> tuple[Batch, ConsolidatedBook]:
    """Settle what counts, and write."""
    from xltools.summary.batch import settle
    from xltools.summary.previous import Previous
    from xltools.writing.consolidated.book import consolidated

    ids = list(dict.fromkeys(s.form for s in report.submissions if s.form))
    forms = {name: context.workspace.form(name) for name in sorted(ids)}
    batch = settle(report, forms, context.roster, options.include == "failed", options.lang, context.workspace.form)
    if options.format_ != "xlsx":
        return batch, _tidy(batch, options, outputs)
    last = Previous(before) if before is not None else None
    offices = {_beside(options.output, office): office for office in batch.offices} if options.by_unit else {}
    outputs.claim(*((target, "summary") for target in offices))
    book = _made(batch, _imprint(options), last)
    letter = _letter(book, options)
    outputs.save(options.output, consolidated(book.plan, linker(options.output)), "summary")
    _for_the_leader(book, letter, options, outputs)
    for target, office in offices.items():
        part = _made(batch.only(office), _imprint(options, office), last)
        outputs.save(target, consolidated(part.plan, linker(target)), "summary")
        options.console.note(WRITTEN.format(path=target))
    return batch, book


def _earlier(context: RunContext, earlier: LastYear | None) -> Report | None:
    """Return the report of last year's workbooks, where they were given."""
    if earlier is None:
        return None
    before = replace(context, files=earlier.files, set_aside=(), roster=None, decisions=DecisionsFile())
    return run_review(replace(before, adjustments=AdjustmentsFile()))


def _made(batch: Batch, imprint: Imprint, previous: Previous | None) -> ConsolidatedBook:
    from xltools.summary.book import make_book

    gc.collect()
    gc.freeze()  # the results stay to the end: looking through them again and again costs a tenth of the time
    return make_book(batch, imprint, previous)


def _imprint(options: SummaryOptions, part: str = "") -> Imprint:
    from xltools.summary.book import Imprint

    day = parse_day(options.day)
    return Imprint(options.bureau, "" if day is None else day_said(day).zh, part)


def _letter(book: ConsolidatedBook, options: SummaryOptions) -> bytes:
    """Return the page of words, where it was asked for and something was counted. Raises UsageError, before anything is
    written, where it cannot be made: by a faulty template, or of several forms."""
    if options.brief is None or not book.briefs:
        return b""
    from xltools.writing.brief_docx import brief_docx

    if len(book.briefs) > 1:
        raise UsageError(ONE_FORM.format(count=len(book.briefs)))
    (brief,) = book.briefs
    return brief_docx(brief.letter(""), brief.figures, brief.template(options.brief_template))


def _for_the_leader(book: ConsolidatedBook, letter: bytes, options: SummaryOptions, outputs: Outputs) -> None:
    """Write the leader's version and the page of words, where they were asked for."""
    if options.leader is not None:
        from xltools.writing.consolidated.book import consolidated

        outputs.save(options.leader, consolidated(book.leaders()), "summary")
        options.console.note(WRITTEN.format(path=options.leader))
    if options.brief is not None and letter:
        outputs.save(options.brief, letter, "text")
        options.console.note(WRITTEN.format(path=options.brief))


def _tidy(batch: Batch, options: SummaryOptions, outputs: Outputs) -> ConsolidatedBook:
    from xltools.summary.book import make_book
    from xltools.summary.tidy import csv_files, json_file

    book = make_book(batch, _imprint(options))
    if options.format_ == "json":
        outputs.save(options.output, json_file(batch, book), "plain")
        return book
    tables = csv_files(batch, options.output, options.lang)
    for path, data in tables.items():
        outputs.claim((path, "plain"), titles=data.partition(b"\r\n")[0])
    for path, data in tables.items():
        outputs.save(path, data, "plain")
    return book


def _say(batch: Batch, book: ConsolidatedBook, options: SummaryOptions) -> int:
    """Say what was written and what it may be called; 1 when it lacks what was sent, or is not to be used."""
    options.console.note(WRITTEN.format(path=options.output))
    for problem in book.problems:
        options.console.warn(NOT_COMPLETE.format(problem=problem))
    if not book.problems:
        options.console.note(same(book.verdict.words))
    unread = [entry.checked.file for entry in batch.entries if entry.checked.status == "unreadable"]
    if unread:
        files = joined(map(same, unread[:FEW] + ["…"] * (len(unread) > FEW)))
        options.console.warn(UNREAD.format(count=len(unread), files=files))
    counted = any(entry.counted for entry in batch.entries)
    if not counted:
        options.console.warn(NONE_COUNTED.format(count=len(batch.entries)))
    return 1 if book.problems or unread or not counted else 0


def _beside(output: Path, office: str) -> Path:
    """Return the file of one office beside the whole."""
    from xltools.writing.department.make import file_name

    return output.with_name(Path(file_name(output.stem, office)).name)


def linker(output: Path) -> Callable[[str], str | None]:
    """Return what gives a link from the output's folder to a file that was sent, where there is such a file."""
    folder = output.absolute().parent

    def link(shown: str) -> str | None:
        path = Path(shown)
        try:
            if not path.is_file():
                return None
            relative = os.path.relpath(path.absolute(), folder)
        except (OSError, ValueError):
            return None
        return "external:" + relative.replace(os.sep, "/").replace("%", "%25").replace("#", "%23")

    return link
