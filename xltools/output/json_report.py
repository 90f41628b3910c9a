"""The report as JSON (schema xltools.report/1): keys are only ever added."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import astuple

from xltools.findings.adjusted import Adjusted
from xltools.findings.finding import Finding, NotEvaluated, Related
from xltools.findings.report import SCHEMA, Checked, Progress, Report
from xltools.findings.wording import Wording
from xltools.intake.files.input_file import SetAside
from xltools.json_text import json_text
from xltools.output.records import (
    AdjustedRecord,
    AsideRecord,
    CellRecord,
    Counts,
    DepartmentRecord,
    FindingRecord,
    PlaceRecord,
    ProgressRecord,
    SkippedRecord,
    SubmissionRecord,
)
from xltools.output.wrap import Screen


def pieces(report: Report, wording: Wording, _: Screen) -> Iterator[str]:
    """Yield the whole report, a record a line."""
    yield from report_lines(report, wording)
    yield "\n"


def report_json(report: Report, wording: Wording) -> str:
    """Return the report as a JSON text, keys in the contract's order."""
    return "".join(report_lines(report, wording))


def report_lines(report: Report, wording: Wording) -> Iterator[str]:
    """Yield the JSON text line by line, a record a line: ten thousand workbooks never stand in memory as one text."""
    encode = json_text
    between = "{\n"
    for key, value in _sections(report, wording).items():
        if isinstance(value, Iterator):
            yield f'{between} "{key}": ['
            comma = "\n  "
            for record in value:
                yield comma + encode(record)
                comma = ",\n  "
            yield "\n ]"
        else:
            yield f'{between} "{key}": {encode(value)}'
        between = ",\n"
    yield "\n}"


def report_data(report: Report, wording: Wording) -> dict[str, Any]:
    """Return the report as plain data."""
    return {key: list(v) if isinstance(v, Iterator) else v for key, v in _sections(report, wording).items()}


def _sections(report: Report, wording: Wording) -> dict[str, Any]:
    """The report's keys in order; lists as what makes their records one after another."""
    records: dict[str, Iterator[Struct]] = {
        "submissions": map(_submission, report.submissions),
        "findings": (_finding(f, wording) for f in report.findings),
        "not_evaluated": (_skipped(n, wording) for n in report.not_evaluated),
        "missing": (DepartmentRecord(code, name) for code, name in report.missing),
        "set_aside": map(_aside, report.set_aside),
        "adjusted": map(_adjusted, report.adjusted),
    }
    head = {"schema": SCHEMA, "counts": msgspec.to_builtins(Counts(**report.counts()))}
    return head | {key: map(msgspec.to_builtins, made) for key, made in records.items()}


def _submission(checked: Checked) -> SubmissionRecord:
    return SubmissionRecord(
        file=checked.file,
        sha256=checked.sha256,
        form=checked.form,
        department=checked.department,
        code=checked.code,
        status=checked.status,
        score=checked.score,
        grade=checked.grade,
        round=checked.round,
        superseded_by=checked.superseded,
        progress=None if checked.progress is None else _progress(checked.progress),
    )


def _progress(made: Progress) -> ProgressRecord:
    solved, still, new = (
        tuple(PlaceRecord(*astuple(p)) for p in places) for places in (made.solved, made.open, made.new)
    )
    return ProgressRecord(solved=solved, open=still, new=new)


def _adjusted(one: Adjusted) -> AdjustedRecord:
    return AdjustedRecord(
        code=one.code,
        level=one.level,
        since=one.since,
        form=one.form,
        departments=one.departments,
        reason=one.reason,
        name=one.name,
        count=one.count,
        used=one.used,
    )


def _aside(item: SetAside) -> AsideRecord:
    return AsideRecord(file=item.shown, reason=item.reason, kind=item.kind, department=item.department, code=item.code)


def _finding(finding: Finding, wording: Wording) -> FindingRecord:
    return FindingRecord(
        code=finding.code,
        level=finding.level,
        state=finding.state,
        file=finding.file,
        department=finding.department,
        sheet=finding.sheet,
        cell=finding.cell,
        field=wording.label(finding),
        message=wording.message(finding),
        hint=wording.hint(finding),
        stated=finding.stated,
        expected=finding.expected,
        difference=finding.difference,
        related=_cells(finding.related, wording),
        explanation=finding.explanation,
        root=finding.root,
        place=wording.place(finding),
        awaits=_cells(finding.awaits, wording),
    )


def _cells(cells: Iterable[Related], wording: Wording) -> tuple[CellRecord, ...]:
    return tuple(CellRecord(c.sheet, c.cell, wording.label(c)) for c in cells)


def _skipped(item: NotEvaluated, wording: Wording) -> SkippedRecord:
    return SkippedRecord(
        code=item.code,
        file=item.file,
        department=item.department,
        reason=item.reason,
        cells=_cells(item.cells, wording),
    )
