"""Reviews the narratives of a run after its workbooks: pairs them, compares them, says who sent only one of the two."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from xltools.errors import UnreadableFile, XltoolsError
from xltools.findings.finding import Finding
from xltools.findings.report import Checked, Report
from xltools.form.narrative import has_narrative, phrases_of
from xltools.intake.files.input_file import SetAside
from xltools.intake.narrative.document import Document, read_document
from xltools.intake.narrative.reading import Narrative, read_with
from xltools.intake.narrative.source import open_narrative
from xltools.recalc.workspace import Workspace
from xltools.review.context import RunContext
from xltools.review.keeping import submission_of
from xltools.review.narrative_absent import no_narratives
from xltools.review.pairing import best_match
from xltools.rules.diagnosis.in_question import behind_workbook
from xltools.rules.narrative.context import NarrativeContext
from xltools.rules.registry import NARRATIVE
from xltools.rules.unreadable import unreadable_narrative


class Reviewer:
    """One run's narratives: how each is read, matched with a workbook, and reviewed."""

    def __init__(self, context: RunContext, report: Report) -> None:
        self.report, self.workspace = report, context.workspace
        self.required = context.options.require_narrative
        self.books = [
            c
            for c in report.submissions
            if c.form and not c.superseded and has_narrative(context.workspace.form(c.definition))
        ]
        self.accompanied: list[Checked] = []

    def review(self, item: SetAside) -> None:
        """Review one narrative; whatever it holds, the answer is findings."""
        path = item.path or Path(item.shown)
        try:
            document = read_document(open_narrative(path, item.shown))
            narrative, checked = self._matched(document)
            findings = self._alone(narrative) if checked is None else self._together(narrative, checked)
        except UnreadableFile as error:
            self._unreadable(item, error)
            return
        except XltoolsError:
            raise
        except Exception:  # noqa: BLE001 - one narrative's surprise must not stop the others
            self._unreadable(item, UnreadableFile("internal"))
            return
        (self.report.batch if checked is None else checked.findings).extend(findings)

    def _matched(self, document: Document) -> tuple[Narrative, Checked | None]:
        """The narrative as read by the form that fits, and its workbook."""
        narratives = read_by_forms(document, self.workspace)
        for narrative in narratives:
            checked = best_match(narrative, self.books)
            if checked is not None:
                return narrative, checked
        return narratives[0], None

    def _alone(self, narrative: Narrative) -> list[Finding]:
        return _found(NarrativeContext(narrative, required=self.required))

    def _together(self, narrative: Narrative, checked: Checked) -> list[Finding]:
        submission = submission_of(checked, self.workspace)
        model, _ = self.workspace.model(submission.layout)
        values = model.evaluate(submission.engine_inputs())
        if checked.edition:
            narrative = read_with(narrative.document, phrases_of(submission.form))
        ctx = NarrativeContext(narrative, submission, values, self.required)
        year = ctx.year
        if year != narrative.year:
            again = read_with(narrative.document, narrative.phrases, year)
            ctx = NarrativeContext(again, submission, values, self.required)
        self.accompanied.append(checked)
        return behind_workbook(_found(ctx), checked.findings)

    def _unreadable(self, item: SetAside, error: UnreadableFile) -> None:
        owner = next(
            (c for c in self.books if item.department and (c.code, c.department) == (item.code, item.department)), None
        )
        finding = unreadable_narrative(error, item.shown, item.department, required=self.required)
        if owner is None:
            self.report.batch.append(finding)
        else:
            owner.findings.append(finding)
            self.accompanied.append(owner)


def _found(ctx: NarrativeContext) -> list[Finding]:
    return [finding for rule in NARRATIVE.rules for finding in rule.find(ctx)]


def read_by_forms(document: Document, workspace: Workspace) -> list[Narrative]:
    """Return the narrative as read by each form that has phrases, the best understood first."""
    forms = [form for name in workspace.form_ids if has_narrative(form := workspace.form(name))]
    found = [read_with(document, phrases_of(form)) for form in forms]
    if not found:
        raise UnreadableFile("not_ours")
    found.sort(key=lambda n: (-len(n.statements), n.form.year != n.year))
    return found


def review_narratives(context: RunContext, report: Report) -> None:
    """Add the findings of the narratives that were met (report.set_aside), each to its department's workbook."""
    reviewer = Reviewer(context, report)
    for item in report.set_aside:
        if item.reason == "narrative":
            reviewer.review(item)
    report.set_aside = [
        replace(item, reason="reviewed") if item.reason == "narrative" else item for item in report.set_aside
    ]
    no_narratives(context, report, reviewer.accompanied)
