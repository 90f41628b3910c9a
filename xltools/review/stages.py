"""The stages of a run, in order: each looks at the whole report and adds, changes or drops findings.

The order matters. Who owns a workbook must be known before copies are told apart, and both before departments are
compared. Whatever finds something comes before what gives it another level, and both before
what explains or waives it; only then is it clear what is still open
since the round before. What was not asked for is dropped last, so that it can neither be missed by a decision nor
count as solved. The status is settled once, after all of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from xltools.findings.report import Report
from xltools.review.answers import explain
from xltools.review.attachments import attributed
from xltools.review.batch import batch_findings
from xltools.review.by_file_name import name_unreadable
from xltools.review.checking import check_files
from xltools.review.context import LastRound, LastYear, RunContext, RunOptions
from xltools.review.last_round import against_list, against_report
from xltools.review.owners import assign_owners
from xltools.review.superseded import choose

Stage = Callable[[RunContext, Report], None]


def owners(context: RunContext, report: Report) -> None:
    """Say which department each workbook and each narrative is of; of what cannot be opened the file's name may tell."""
    name_unreadable(report.submissions, context.roster)
    assign_owners(report.submissions, context.roster)
    report.set_aside = attributed(report.set_aside, report.submissions, context.roster)


def newest_of_copies(context: RunContext, report: Report) -> None:
    """Of several workbooks of one department, let the newest count, and say so at the others."""
    choose(context.files, report)


def batch(context: RunContext, report: Report) -> None:
    """Say what only the whole batch shows: who is unknown, who sent nothing, who copied from whom."""
    batch_findings(report, context.roster)


def narratives(context: RunContext, report: Report) -> None:
    """Hold each narrative against its department's workbook, and say who sent only one of the two."""
    if not context.options.narratives:
        return
    if context.has_narratives:
        from xltools.review.narratives import review_narratives

        review_narratives(context, report)
    else:
        from xltools.review.narrative_absent import no_narratives

        no_narratives(context, report)


def last_year(context: RunContext, report: Report) -> None:
    """Say what only last year's workbooks show."""
    if not isinstance(context.previous, LastYear):
        return
    from xltools.review.last_year import against_last_year

    options = RunOptions(jobs=context.options.jobs, narratives=False)
    earlier = replace(context, files=context.previous.files, set_aside=(), roster=None, previous=None, options=options)
    before = Report(check_files(earlier))
    owners(earlier, before)
    newest_of_copies(earlier, before)
    against_last_year(report, before)


def adjustments(context: RunContext, report: Report) -> None:
    """Give rules the level that the coordinator's file says, or take them off, and keep what that did."""
    if context.adjustments.lines:
        from xltools.review.adjustments import adjust

        adjust(report, context.adjustments, context.day)


def answers(context: RunContext, report: Report) -> None:
    """Let the senders' answers on 问题清单 explain what is to be confirmed."""
    for checked in report.submissions:
        if checked.listed is not None:
            explain(checked, context.workspace.form(checked.definition).no_reason)


def decisions(context: RunContext, report: Report) -> None:
    """Waive what the coordinator waived with reason and name, and say which decisions that were given have no effect."""
    given = context.decisions
    if given.lines or given.typed:
        from xltools.review.decisions import apply_decisions
        from xltools.review.typed import apply_typed

        apply_decisions(report, given.lines, given.file)
        apply_typed(report, given.typed, given.lines)


def last_round(context: RunContext, report: Report) -> None:
    """Say which findings of the round before are solved, which are still open and which are new."""
    for checked in report.submissions:
        against_list(checked)
    if isinstance(context.previous, LastRound):
        against_report(report, context.previous.report)


def selection(context: RunContext, report: Report) -> None:
    """Drop what was not asked for."""
    if context.codes is not None:
        from xltools.rules.select import narrow

        narrow(report, context.codes)


STAGES: tuple[Stage, ...] = (
    owners,
    newest_of_copies,
    batch,
    narratives,
    last_year,
    adjustments,
    answers,
    decisions,
    last_round,
    selection,
)
