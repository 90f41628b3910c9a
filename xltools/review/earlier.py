"""Against what was sent before: last year's workbooks, or the report of an earlier round."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from xltools.errors import UsageError
from xltools.intake.directory import Directory
from xltools.review.batch import SHARE, add, add_at, alike
from xltools.review.cards import Card
from xltools.review.findings import SCHEMA, Place, Report
from xltools.review.progress import compare
from xltools.review.words import figure

_BASIS = "上年的工作簿与本年的对照"

OPENING = Card(
    "BT012",
    "confirm",
    "年初数不等于上年年末数",
    "The opening figure is not last year's closing one",
    "本年的年初结转等是否等于上年工作簿里的年末数。",
    "年初数由上年决算结转而来，两年应当衔接。",
    _BASIS,
    "请核对两年的决算；有追溯调整的，请说明。",
    "Compare both years' accounts; say so if the figure was restated.",
    "上年年末结转和结余 60.00，本年年初填成 50.00。",
    "{label}为 {there}，上年年末为 {right}",
    "{label} is {there}, last year closed with {right}",
)
COPY = Card(
    "BT013",
    "confirm",
    "数字与上年大量相同",
    "A copy of last year's workbook",
    "不为零的金额和数量有没有大部分与上年的工作簿完全相同。",
    "在上年的表格上改的，容易有没改到的数字。",
    _BASIS,
    "请逐项核对是否为本年的数字。",
    "Check every figure: is it this year's?",
    "40 项金额中有 38 项与上年一样。",
    "大部分数字（{share}%）与上年的 {file} 完全相同",
    "most figures ({share} %) are those of last year's {file}",
)
CARDS = (OPENING, COPY)


def against_last_year(report: Report, before: Report, lang: str) -> None:
    """Add what only last year's workbooks show, at this year's workbook of the same department."""
    old = sorted((s for s in before.submissions if s.form and not s.superseded), key=lambda s: s.round)
    directory = Directory((s.code, s.department, s) for s in old)
    for checked in report.submissions:
        last = directory.find(checked.code, checked.department)
        if last is None or not checked.form or checked.traits is None or last.traits is None:
            continue
        for name, own in checked.traits.opening.items():
            closing = last.traits.closing.get(name)
            if closing is None or abs((own.value or 0.0) - closing) < 0.5 * 10.0**-own.decimals:
                continue
            add_at(checked, OPENING, own, lang, expected=closing, right=figure(closing, own.decimals, own.unit))
        share = alike(checked, last)
        if share >= SHARE and checked.sha256 != last.sha256:
            add(checked, COPY, lang, file=last.file, share=f"{share * 100:.0f}")
        checked.settle()


def read_report(path: Path, lang: str = "zh") -> Mapping[str, Any]:
    """Read an earlier report; raise UsageError when it is none."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        data = None
    if not isinstance(data, dict) or data.get("schema") != SCHEMA or not isinstance(data.get("findings"), list):
        raise UsageError(
            f"{path} 不是上一轮的审核报告（用 xltools check --format json 生成）"
            if lang == "zh"
            else f"{path} is no report of an earlier round (xltools check --format json)"
        )
    return data


def against_last_round(report: Report, before: Mapping[str, Any]) -> None:
    """Say of each department which of the earlier round's findings are solved, still open, and which are new.

    A workbook that is itself a return copy already says so by its own list, which is closer to it.
    """
    codes = {str(s.get("file")): str(s.get("code") or "") for s in before.get("submissions", [])}
    known: dict[str, list[Place]] = {}
    for item in before["findings"]:
        if item.get("state") == "open":
            owner = codes.get(str(item.get("file"))) or str(item.get("department"))
            place = Place(str(item.get("code")), str(item.get("sheet")), str(item.get("cell")))
            known.setdefault(owner, []).append(place)
    owners = {*codes.values(), *(str(s.get("department") or "") for s in before.get("submissions", []))}
    for checked in report.submissions:
        owner = checked.code if checked.code in owners else checked.department
        if checked.form and checked.progress is None and owner in owners:
            checked.progress = compare(known.get(owner, ()), checked.findings)
