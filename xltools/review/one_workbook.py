"""Checks one workbook by itself: read, recalculate, apply every rule."""

from __future__ import annotations

from pathlib import Path

from xltools.errors import UnreadableFile, XltoolsError
from xltools.findings.finding import Finding
from xltools.findings.order import in_order
from xltools.findings.report import Checked
from xltools.form.layout import Key
from xltools.intake.files.bounds import FileLimits, at_hand, bounds
from xltools.intake.files.input_file import InputFile
from xltools.intake.files.regular import hash_of
from xltools.intake.open import is_too_much, load
from xltools.intake.submission import Submission
from xltools.recalc.engine import Recalculation
from xltools.recalc.workspace import Workspace
from xltools.review.context import PLAIN, Terms
from xltools.review.extracting import figures_of, harvest, traits_of
from xltools.review.keeping import packed
from xltools.rules.context import RuleContext
from xltools.rules.diagnosis.root_cause import linked
from xltools.rules.form_rules import form_findings
from xltools.rules.quality.context import QualityContext
from xltools.rules.registry import QUALITY, WORKBOOK
from xltools.rules.unreadable import unreadable_workbook


def check_one(found: InputFile, workspace: Workspace, terms: Terms) -> Checked:
    """Return the result for one file of a run."""
    if found.problem:
        return unreadable(found.path, found.shown, UnreadableFile(found.problem))
    return check_file(found.path, found.shown, workspace, terms)


def check_at_hand(found: InputFile, workspace: Workspace, terms: Terms) -> Checked | None:
    """Return the result for one file that costs this process little; None for one that a worker should check."""
    if found.problem:
        return check_one(found, workspace, terms)
    try:
        return check_file(found.path, found.shown, workspace, terms, at_hand(bounds().file))
    except UnreadableFile:
        return None


def check_file(
    path: Path, shown: str, workspace: Workspace, terms: Terms = PLAIN, limits: FileLimits | None = None
) -> Checked:
    """Check the workbook at `path`; whatever it holds, the answer is a result, never an exception about the file.

    Only what exceeds `limits`, where they are narrower than the run's, is raised as UnreadableFile.
    """
    try:
        return check_submission(load(path, shown, workspace, terms.passwords, limits), workspace, terms)
    except UnreadableFile as error:
        if limits is not None and is_too_much(error):
            raise
        return unreadable(path, shown, error)
    except XltoolsError:
        raise
    except (KeyboardInterrupt, SystemExit):
        raise
    except MemoryError:
        return unreadable(path, shown, UnreadableFile("too_much_memory"))
    except BaseException as error:  # noqa: BLE001 - one file's surprise must not stop the others; a panic of the engine
        # is no Exception, and what it leaves behind is not to be trusted
        workspace.forget_models()
        return unreadable(path, shown, UnreadableFile("internal", error=f"{type(error).__name__}: {error}"))


def unreadable(path: Path, shown: str, error: UnreadableFile) -> Checked:
    """Return the result for a file that could not be read: one finding that says why and what to send instead."""
    return Checked(shown, hash_of(path), findings=[unreadable_workbook(error, shown)])


def check_submission(submission: Submission, workspace: Workspace, terms: Terms = PLAIN) -> Checked:
    """Apply every rule to a submission that was read. The status is not settled yet: other workbooks may add to it."""
    model, blank = workspace.model(submission.layout)
    recalculated = Recalculation(model, submission.engine_inputs())
    ctx = RuleContext(submission, recalculated.values, blank, model.evaluate)
    findings: list[Finding] = []
    own, skipped = form_findings(ctx, recalculated)
    for rule in WORKBOOK.rules:
        findings += rule.find(ctx)
    indicators = QualityContext(ctx)
    for judge in QUALITY.rules:
        findings += judge.find(indicators)
    findings += own
    form = submission.form
    score = ctx.value(Key(form.score_field))
    grade = ctx.value(Key(form.grade_field))
    result = Checked(
        submission.file,
        submission.sha256,
        form.id,
        submission.department,
        submission.code,
        score=float(score) if isinstance(score, int | float) else None,
        grade=str(grade or ""),
        round=submission.round,
        findings=in_order(linked(findings, ctx), submission),
        not_evaluated=skipped,
        figures=figures_of(ctx),
        traits=traits_of(indicators),
        edition=form.version if form.newest else "",
    )
    if terms.harvest:
        result.harvest = harvest(ctx, workspace.form(form.id))
    if terms.keep:
        result.kept = packed(submission)
    result.listed = None if submission.listed is None else tuple(submission.listed)
    return result
