"""Checks many workbooks, in one process or in several, and gathers them in order into one report."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from xltools.findings.report import Checked, Report
from xltools.intake.files.bounds import bounds
from xltools.intake.files.input_file import InputFile, SetAside
from xltools.intake.files.regular import hash_of
from xltools.intake.roster import Roster
from xltools.recalc.workspace import Workspace
from xltools.review.attachments import attributed
from xltools.review.batch import batch_findings
from xltools.review.interning import Words
from xltools.review.owners import assign_owners
from xltools.review.pool import Pool, Terms, check_one
from xltools.review.progress import conclude
from xltools.review.superseded import choose

Progress = Callable[[int, int, Checked], None]

FEW = 16
"""Plain workbooks that are checked sooner than workers are started."""


def check_all(
    files: Sequence[InputFile],
    workspace: Workspace,
    roster: Roster | None = None,
    progress: Progress | None = None,
    harvest: bool = False,
    *,
    jobs: int = 1,
    passwords: Sequence[str] = (),
    use_cache: bool = False,
    aside: Sequence[SetAside] = (),
) -> Report:
    """Check every file and, with a roster, the batch as a whole. One bad file never stops the others.

    `jobs` processes share the work; the report is the same for any number of them. `aside` is what was met besides.
    """
    terms = Terms(harvest, tuple(passwords))
    results: list[Checked | None] = [None] * len(files)
    words = Words()
    for done, (index, checked) in enumerate(_results(files, workspace, terms, jobs, use_cache), start=1):
        results[index] = words.share(checked)
        if progress is not None:
            progress(done, len(files), checked)
    report = Report([checked for checked in results if checked is not None])
    assign_owners(report.submissions, roster)
    choose(files, report)
    batch_findings(report, roster)
    for checked in report.submissions:
        conclude(checked)
    report.set_aside = attributed(aside, report.submissions, roster)
    return report


def _results(
    files: Sequence[InputFile], workspace: Workspace, terms: Terms, jobs: int, use_cache: bool
) -> Iterator[tuple[int, Checked]]:
    """Yield (place, result) of every file once: from the cache where it is known, else checked."""
    if not use_cache:
        yield from _checked(list(enumerate(files)), workspace, terms, jobs)
        return
    from xltools.review.cache import Cache

    cache = Cache(workspace, terms)
    try:
        rest: list[tuple[int, InputFile]] = []
        for index, found in enumerate(files):
            known = None if found.problem else cache.get(hash_of(found.path), found.shown)
            if known is None:
                rest.append((index, found))
            else:
                yield index, known
        for index, checked in _checked(rest, workspace, terms, jobs):
            cache.put(checked)
            yield index, checked
    finally:
        cache.close()


def _checked(
    files: Sequence[tuple[int, InputFile]], workspace: Workspace, terms: Terms, jobs: int
) -> Iterator[tuple[int, Checked]]:
    few = len(files) <= FEW and all(found.is_plain or found.problem for _, found in files)
    if jobs <= 1 or few:
        for index, found in files:
            yield index, check_one(found, workspace, terms)
        return
    pool = Pool(workspace, terms, jobs, bounds().work)
    for place, checked in pool.check([found for _, found in files]):
        yield files[place][0], checked
