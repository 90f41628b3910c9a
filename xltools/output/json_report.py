"""The report as JSON (schema xltools.report/1): keys are only ever added."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from xltools.findings.finding import Finding, NotEvaluated, Related
from xltools.findings.report import SCHEMA, Checked, Report
from xltools.findings.wording import Wording
from xltools.intake.files.input_file import SetAside


def report_json(report: Report, wording: Wording) -> str:
    """Return the report as a JSON text, keys in the contract's order."""
    return "".join(report_lines(report, wording))


def report_lines(report: Report, wording: Wording) -> Iterator[str]:
    """Yield the JSON text line by line, a record a line: ten thousand workbooks never stand in memory as one text."""
    encode = json.JSONEncoder(ensure_ascii=False).encode
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
    return {
        "schema": SCHEMA,
        "counts": report.counts(),
        "submissions": (_submission(s) for s in report.submissions),
        "findings": (_finding(f, wording) for f in report.findings),
        "not_evaluated": (_skipped(n, wording) for n in report.not_evaluated),
        "missing": ({"code": code, "department": name} for code, name in report.missing),
        "set_aside": (_aside(item) for item in report.set_aside),
    }


def _submission(checked: Checked) -> dict[str, Any]:
    return {
        "file": checked.file,
        "sha256": checked.sha256,
        "form": checked.form,
        "department": checked.department,
        "code": checked.code,
        "status": checked.status,
        "score": checked.score,
        "grade": checked.grade,
        "round": checked.round,
        "superseded_by": checked.superseded,
        "progress": None if checked.progress is None else asdict(checked.progress),
    }


def _aside(item: SetAside) -> dict[str, Any]:
    return {
        "file": item.shown,
        "reason": item.reason,
        "kind": item.kind,
        "department": item.department,
        "code": item.code,
    }


def _finding(finding: Finding, wording: Wording) -> dict[str, Any]:
    return {
        "code": finding.code,
        "level": finding.level,
        "state": finding.state,
        "file": finding.file,
        "department": finding.department,
        "sheet": finding.sheet,
        "cell": finding.cell,
        "field": wording.label(finding),
        "message": wording.message(finding),
        "hint": wording.hint(finding),
        "stated": finding.stated,
        "expected": finding.expected,
        "difference": finding.difference,
        "related": [_related(r, wording) for r in finding.related],
        "explanation": finding.explanation,
        "root": finding.root,
        "place": wording.place(finding),
    }


def _related(related: Related, wording: Wording) -> dict[str, str]:
    return {"sheet": related.sheet, "cell": related.cell, "field": wording.label(related)}


def _skipped(item: NotEvaluated, wording: Wording) -> dict[str, Any]:
    return {
        "code": item.code,
        "file": item.file,
        "department": item.department,
        "reason": item.reason,
        "cells": [_related(c, wording) for c in item.cells],
    }
