"""What NA016 looks at: a workbook without a narrative; light, because most runs have no narrative at all."""

from __future__ import annotations

from dataclasses import dataclass

from xltools.findings.report import Checked


@dataclass(frozen=True, slots=True)
class Unaccompanied:
    """A workbook of a form with narratives, and whether the run requires one."""

    checked: Checked
    required: bool
