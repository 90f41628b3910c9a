"""What tests need of the forms on hand: one workspace, each form's clean filling, workbooks and their check."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from xltools.bilingual import Lang
from xltools.findings.finding import Finding
from xltools.findings.report import Checked
from xltools.findings.values import Reader
from xltools.findings.wording import Wording
from xltools.form import form_folders
from xltools.form.loader import BASE_CASE
from xltools.form.model import Form
from xltools.intake.open import load_bytes
from xltools.jobs.common import workspace
from xltools.recalc.workspace import Workspace
from xltools.review.answers import explain
from xltools.review.last_round import against_list
from xltools.review.one_workbook import check_submission
from xltools.rules.catalogue import card_finder
from xltools.writing.department.make import workbook

Values = dict[str, Any]
FORM_IDS = tuple(form_folders())


@cache
def room() -> Workspace:
    """Return the one workspace of the tests: forms and models are opened once."""
    return workspace(None)


def form(form_id: str) -> Form:
    """Return a form on hand."""
    return room().form(form_id)


@cache
def _clean_text(form_id: str) -> str:
    return (form_folders()[form_id] / BASE_CASE).read_text(encoding="utf-8")


def clean(form_id: str) -> Values:
    """Return a fresh copy of the form's clean filling."""
    values: Values = json.loads(_clean_text(form_id))
    return values


def built(form_id: str, values: Mapping[str, Any] | None = None) -> bytes:
    """Return a filled workbook (the clean filling when no values are given)."""
    return workbook(room(), form(form_id), clean(form_id) if values is None else values)


def checked(data: bytes, shown: str = "一份.xlsx") -> Checked:
    """Check a workbook's bytes."""
    return by_itself(check_submission(load_bytes(data, shown, room()), room()))


def by_itself(result: Checked) -> Checked:
    """Conclude a result as in a run of this one workbook, without what only the batch shows."""
    explain(result)
    against_list(result)
    result.settle()
    return result


def wording(lang: Lang = "zh", reader: Reader = "coordinator", shop: Workspace | None = None) -> Wording:
    """Return what puts findings into words, by the forms on hand or those of another workspace."""
    return Wording(card_finder((shop or room()).form), lang, reader)


def said(finding: Finding, lang: Lang = "zh", reader: Reader = "coordinator") -> str:
    """Return a finding's message."""
    return wording(lang, reader).message(finding)


def places(findings: list[Finding], *levels: str) -> list[tuple[str, str, str]]:
    """Return (code, sheet, cell) of the open findings, of all levels or of those given."""
    return [(f.code, f.sheet, f.cell) for f in findings if f.is_open and (not levels or f.level in levels)]
