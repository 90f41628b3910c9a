"""The report as JSON (schema xltools.report/1): keys are only ever added."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from xltools.intake.discover import SetAside
from xltools.review.findings import SCHEMA, Checked, Finding, NotEvaluated, Report


def report_json(report: Report) -> str:
    """Return the report as a JSON text, keys in the contract's order."""
    return json.dumps(report_data(report), ensure_ascii=False, indent=2)


def report_data(report: Report) -> dict[str, Any]:
    """Return the report as plain data."""
    return {
        "schema": SCHEMA,
        "counts": report.counts(),
        "submissions": [_submission(s) for s in report.submissions],
        "findings": [_finding(f) for f in report.findings],
        "not_evaluated": [_skipped(n) for n in report.not_evaluated],
        "missing": [{"code": code, "department": name} for code, name in report.missing],
        "set_aside": [_aside(item) for item in report.set_aside],
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


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        key: value if key != "related" else [asdict(r) for r in finding.related]
        for key, value in ((k, getattr(finding, k)) for k in Finding.__slots__)
    }


def _skipped(item: NotEvaluated) -> dict[str, Any]:
    return {
        "code": item.code,
        "file": item.file,
        "department": item.department,
        "reason": item.reason,
        "cells": [asdict(c) for c in item.cells],
    }
