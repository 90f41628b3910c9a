"""Says of workbooks that no narrative came with them; light, because most runs have no narrative at all."""

from __future__ import annotations

from collections.abc import Sequence

from xltools.findings.report import Checked, Report
from xltools.form.loader import NARRATIVE
from xltools.review.context import RunContext
from xltools.rules.narrative.unaccompanied import Unaccompanied
from xltools.rules.registry import UNACCOMPANIED


def no_narratives(context: RunContext, report: Report, accompanied: Sequence[Checked] = ()) -> None:
    """Add the finding to every workbook of a form with narratives, but for those `accompanied` by one: once a
    department, an error when narratives are required."""
    owners = {c.owner for c in accompanied}
    for checked in report.submissions:
        if not checked.form or checked.superseded or checked.owner in owners:
            continue
        if not (context.workspace.form(checked.definition).folder / NARRATIVE).is_file():
            continue
        owners.add(checked.owner)
        alone = Unaccompanied(checked, context.options.require_narrative)
        checked.findings += [finding for rule in UNACCOMPANIED.rules for finding in rule.find(alone)]
