"""One file of the run in the consolidated workbook: whose it is, whether it counts, and why not."""

from __future__ import annotations

from dataclasses import dataclass

from xltools.findings.report import Checked
from xltools.findings.texts import STATUS_SAID
from xltools.intake.files.names import name_of
from xltools.intake.roster import Department

NO_OFFICE, NOT_LISTED = "（未列归口科室）", "（不在名册）"
REPLACED = "已被代替"


@dataclass(slots=True)
class BatchEntry:
    """One file of the run. `counted`: accepted into the tables. `in_total`: its figures add to the grand totals."""

    checked: Checked
    line: Department | None = None
    head: Department | None = None
    counted: bool = False
    in_total: bool = False
    reason: str = ""
    mark: str = ""
    spare: bool = False  # another workbook of the same department stands instead
    undecided: bool = False  # one of several that differ, and nobody said which counts

    @property
    def code(self) -> str:
        """The department's code: the roster's, else as filled in."""
        return self.line.code if self.line is not None else self.checked.code

    @property
    def name(self) -> str:
        """The department's name: the roster's, else as filled in."""
        return self.line.name if self.line is not None else self.checked.department

    @property
    def office(self) -> str:
        """The bureau's office that looks after this department."""
        return NOT_LISTED if self.line is None else self.line.office or NO_OFFICE

    @property
    def file_name(self) -> str:
        """The file's own name, without its folders."""
        return name_of(self.checked.file)

    @property
    def status(self) -> str:
        """The state of the check in words; of a file that another one replaces only that."""
        return REPLACED if self.spare else STATUS_SAID[self.checked.status].zh
