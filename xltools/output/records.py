"""What the JSON report holds, key by key; its schema is made of these types. Keys are only ever added."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

from xltools.findings.finding import State
from xltools.findings.report import Status
from xltools.findings.values import Cell
from xltools.form.model import Level

Count = Annotated[int, Meta(ge=0)]


class Counts(Struct, frozen=True, kw_only=True):
    """How many: submissions by status, departments that sent nothing, findings that are open by level, and the others."""

    submissions: Count
    passed: Count
    confirm: Count
    failed: Count
    unreadable: Count
    missing: Count
    error: Count
    notice: Count
    explained: Count
    waived: Count


class PlaceRecord(Struct, frozen=True):
    """A finding of an earlier round."""

    code: str
    sheet: str
    cell: str


class ProgressRecord(Struct, frozen=True, kw_only=True):
    """What became of the findings of an earlier round, and what is open that it did not have."""

    solved: tuple[PlaceRecord, ...]
    open: tuple[PlaceRecord, ...]
    new: tuple[PlaceRecord, ...]


class SubmissionRecord(Struct, frozen=True, kw_only=True):
    """One workbook that was sent."""

    file: Annotated[str, Meta(description="the path as given, or the place in an archive")]
    sha256: str
    form: Annotated[str, Meta(description="the form's id; empty when the file could not be read")]
    department: str
    code: Annotated[str, Meta(description="the department's code")]
    status: Status
    score: float | None
    grade: str
    round: Annotated[int, Meta(ge=0, description="0 the first time, one more for each return copy")]
    superseded_by: Annotated[str, Meta(description="the file of this department that counts instead")]
    progress: Annotated[
        ProgressRecord | None,
        Meta(
            description="against the list in a return copy that was sent back, or against an earlier report; "
            "null without either"
        ),
    ]


class CellRecord(Struct, frozen=True):
    """A cell and what the form calls it."""

    sheet: str
    cell: str
    field: str


class FindingRecord(Struct, frozen=True, kw_only=True):
    """One thing found in one place."""

    code: Annotated[str, Meta(pattern="^[A-Z]{2}[0-9]{3}$")]
    level: Level
    state: State
    file: str
    department: str
    sheet: Annotated[str, Meta(description="in the sender's file; empty for the file as a whole")]
    cell: Annotated[str, Meta(description="like B5; empty for a sheet or the file as a whole")]
    field: Annotated[str, Meta(description="what the form calls the cell")]
    message: str
    hint: Annotated[str, Meta(description="the likely cause, where there is one")]
    stated: Annotated[Cell, Meta(description="what stands there")]
    expected: Annotated[Cell, Meta(description="what should stand there")]
    difference: float | None
    related: Annotated[tuple[CellRecord, ...], Meta(description="other cells the finding speaks of")]
    explanation: Annotated[str, Meta(description="the sender's reason, or the coordinator's with the name")]
    root: Annotated[str, Meta(description="code@cell of the finding that this one follows from")]
    place: Annotated[str, Meta(description="of a narrative: section and paragraph")]
    awaits: Annotated[
        tuple[CellRecord, ...],
        Meta(description="figures in question that `expected` comes from, to be put right first"),
    ]


class SkippedRecord(Struct, frozen=True, kw_only=True):
    """A rule that could not be judged, and why."""

    code: str
    file: str
    department: str
    reason: str
    cells: tuple[CellRecord, ...]


class DepartmentRecord(Struct, frozen=True):
    """A department of the roster."""

    code: str
    department: str


class AsideRecord(Struct, frozen=True, kw_only=True):
    """A file that was met and is no submission."""

    file: str
    reason: str
    kind: str
    department: str
    code: str


class AdjustedRecord(Struct, frozen=True, kw_only=True):
    """A rule whose level the coordinator changed for this run, and how many findings that met."""

    code: str
    level: Annotated[str, Meta(description="error, confirm, notice, or off")]
    since: Annotated[str, Meta(description="a date; empty: always")]
    form: Annotated[str, Meta(description="empty: every form")]
    departments: Annotated[tuple[str, ...], Meta(description="none: every department")]
    reason: str
    name: str
    count: Count
    used: Annotated[bool, Meta(description="false before its date")]


class ReportRecord(Struct, frozen=True, kw_only=True):
    """xltools check --format json"""

    schema: Literal["xltools.report/1"]
    counts: Counts
    submissions: tuple[SubmissionRecord, ...]
    findings: Annotated[
        tuple[FindingRecord, ...],
        Meta(description="of all workbooks and of the batch, in the order of the workbooks"),
    ]
    not_evaluated: Annotated[tuple[SkippedRecord, ...], Meta(description="rules that could not be judged, and why")]
    missing: Annotated[tuple[DepartmentRecord, ...], Meta(description="departments of the roster that sent nothing")]
    set_aside: Annotated[tuple[AsideRecord, ...], Meta(description="files that were met and are no submissions")]
    adjusted: Annotated[
        tuple[AdjustedRecord, ...], Meta(description="rules that the coordinator changed for this run (--rules)")
    ]
