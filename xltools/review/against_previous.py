"""Against what was sent before: last year's workbooks, or the report of an earlier round."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from xltools.bilingual import Pair
from xltools.errors import UsageError
from xltools.findings.report import SCHEMA, ListedFinding, Report
from xltools.intake.directory import Directory
from xltools.review.progress import compare
from xltools.rules.batch.context import AgainstLastYear
from xltools.rules.registry import LAST_YEAR

_NO_REPORT = Pair(
    "{path} 不是上一轮的审核报告（用 xltools check --format json 生成）",
    "{path} is no report of an earlier round (xltools check --format json)",
)


def against_last_year(report: Report, before: Report) -> None:
    """Add what only last year's workbooks show, at this year's workbook of the same department."""
    old = sorted((s for s in before.submissions if s.form and not s.superseded), key=lambda s: s.round)
    directory = Directory((s.code, s.department, s) for s in old)
    for checked in report.submissions:
        last = directory.find(checked.code, checked.department)
        if last is None or not checked.form or checked.traits is None or last.traits is None:
            continue
        pair = AgainstLastYear(checked, last)
        checked.findings += [finding for rule in LAST_YEAR.rules for finding in rule.find(pair)]
        checked.settle()


def read_report(path: Path) -> Mapping[str, Any]:
    """Read an earlier report; raise UsageError when it is none."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        data = None
    if not isinstance(data, dict) or data.get("schema") != SCHEMA or not isinstance(data.get("findings"), list):
        raise UsageError(_NO_REPORT.format(path=path))
    return data


def against_last_round(report: Report, before: Mapping[str, Any]) -> None:
    """Say of each department which of the earlier round's findings are solved, still open, and which are new.

    A workbook that is itself a return copy already says so by its own list, which is closer to it.
    """
    codes = {str(s.get("file")): str(s.get("code") or "") for s in before.get("submissions", [])}
    known: dict[str, list[ListedFinding]] = {}
    for item in before["findings"]:
        if item.get("state") == "open":
            owner = codes.get(str(item.get("file"))) or str(item.get("department"))
            place = ListedFinding(str(item.get("code")), str(item.get("sheet")), str(item.get("cell")))
            known.setdefault(owner, []).append(place)
    owners = {*codes.values(), *(str(s.get("department") or "") for s in before.get("submissions", []))}
    for checked in report.submissions:
        owner = checked.code if checked.code in owners else checked.department
        if checked.form and checked.progress is None and owner in owners:
            checked.progress = compare(known.get(owner, ()), checked.findings)
