"""An earlier round's JSON report, as far as this round is compared with it."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from xltools.bilingual import Pair
from xltools.boundary.walk import refusal, taken
from xltools.errors import UsageError
from xltools.intake.files.regular import own_file
from xltools.intake.own_files import read_json

WHAT = Pair("上一轮的审核报告", "report of an earlier round")
MOST, EXPLAINED = 96 << 20, 8 << 20
"""Bytes of a report: of one that is read, and of one whose every fault is looked for when it is none."""
NO_REPORT = Pair(
    "{path} 不是上一轮的审核报告（用 xltools check --format json 生成）",
    "{path} is no report of an earlier round (xltools check --format json)",
)


class EarlierSubmission(Struct, frozen=True):
    """A workbook of the earlier round."""

    file: str
    department: str = ""
    code: str = ""


class EarlierFinding(Struct, frozen=True):
    """A finding of the earlier round."""

    code: str
    state: str
    file: str
    department: str
    sheet: str
    cell: str


class EarlierReport(Struct, frozen=True):
    """What is read of an earlier report. Keys are only ever added to one, so those that are not read are no fault."""

    schema: Literal["xltools.report/1"]
    findings: tuple[EarlierFinding, ...]
    submissions: tuple[EarlierSubmission, ...] = ()


def read_report(path: Path) -> EarlierReport:
    """Read an earlier report; raise UsageError, with all that is wrong, when it is none."""
    data = own_file(path, MOST, WHAT).removeprefix(b"\xef\xbb\xbf")
    try:
        return msgspec.json.decode(data, type=EarlierReport)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        if len(data) > EXPLAINED:
            raise UsageError(NO_REPORT.format(path=path)) from None
    report, wrong = taken(read_json(path, WHAT), EarlierReport, path.name)
    if report is None:
        raise UsageError(refusal(NO_REPORT.format(path=path), wrong))
    return report
