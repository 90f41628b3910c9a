"""Says of workbooks that no narrative came with them (NA016); light, because most runs have no narrative at all."""

from __future__ import annotations

from collections.abc import Sequence

from xltools.findings.finding import Finding
from xltools.findings.report import Checked, Report
from xltools.form.loader import NARRATIVE
from xltools.recalc.workspace import Workspace
from xltools.review.progress import conclude
from xltools.rules.narrative.na016_no_narrative import CARD


def no_narratives(
    report: Report, workspace: Workspace, lang: str, require: bool, accompanied: Sequence[Checked] = ()
) -> None:
    """Add the finding to every workbook of a form with narratives, but for those `accompanied` by one: once a
    department, an error when narratives are required."""
    owners = {c.owner for c in accompanied}
    for checked in report.submissions:
        if not checked.form or checked.superseded or checked.owner in owners:
            continue
        if not (workspace.form(checked.form).folder / NARRATIVE).is_file():
            continue
        owners.add(checked.owner)
        level = "error" if require else CARD.level
        finding = Finding(CARD.code, level, "open", checked.file, checked.department, "", "", "", CARD.sentence(lang))
        checked.findings.append(finding)
        conclude(checked)
