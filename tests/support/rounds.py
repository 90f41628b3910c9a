"""A round of an invented district in which everything goes wrong once: what was sent, and what came of it."""

from __future__ import annotations

import csv
import io
import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import openpyxl

from tests.support.district import module
from xltools.cli import main
from xltools.form import open_form
from xltools.jobs.common import workspace

FORM = open_form("guangdong-2023")
LOCKED, STRANGER = "01002", "99001"


class Round:
    """The first 36 departments of the district: one locked file, one stranger, one file of nobody, one sent twice."""

    def __init__(self, folder: Path) -> None:
        made = module()
        made.write(folder, made.district(count=36), workspace(None))
        self.sent, self.roster = folder / "报送件", folder / "名册.csv"
        own = next(self.sent.glob(f"{LOCKED}_*.xlsx"))
        own.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
        other = made.district(count=40)[38]
        other.values |= {"部门编码": STRANGER, "部门名称": "外来单位"}
        shop = workspace(None)
        stranger = made.workbook(shop, shop.form(made.FORM), other.values, None)
        (self.sent / "外来单位.xlsx").write_bytes(stranger)
        (self.sent / "不知是谁.xlsx").write_bytes(b"no workbook")
        self.book, self.leader, self.brief = folder / "汇总.xlsx", folder / "领导.xlsx", folder / "情况.docx"
        report = folder / "审核.json"
        common = [str(self.sent), "--roster", str(self.roster), "-q", "-j", "1"]
        more = ["--leader", str(self.leader), "--brief", str(self.brief), "--bureau", "示例区财政局"]
        main(["summary", *common, "-o", str(self.book), *more], standalone_mode=False)
        main(["check", *common, "--format", "json", "-o", str(report)], standalone_mode=False)
        self.report = json.loads(report.read_text(encoding="utf-8"))
        self.lines = list(csv.DictReader(io.StringIO(self.roster.read_text(encoding="utf-8-sig"))))

    def shown(self) -> dict[str, Any]:
        """Labels of 总览 and the figures under them."""
        sheet = openpyxl.load_workbook(self.book, data_only=True)["总览"]
        rows = list(sheet.iter_rows(values_only=True))
        found: dict[str, Any] = {}
        for above, below in pairwise(rows):
            if isinstance(above[0], str) and isinstance(below[0], int | float):
                found |= {str(a): b for a, b in zip(above, below, strict=True) if a is not None}
        return found

    def rows(self, sheet: str, header: str) -> list[dict[str, Any]]:
        """The rows of a sheet by title, from the line under the one that begins with `header`."""
        page = openpyxl.load_workbook(self.book, data_only=True)[sheet]
        rows = list(page.iter_rows(values_only=True))
        at = next(i for i, row in enumerate(rows) if row[0] == header)
        titles = [str(t).replace("\n", "") for t in rows[at]]
        return [dict(zip(titles, row, strict=True)) for row in rows[at + 1 :]]

    def lines_of(self, sheet: str = "总览") -> str:
        """Every text of a sheet."""
        rows = openpyxl.load_workbook(self.book, data_only=True)[sheet].iter_rows(values_only=True)
        return "\n".join(str(c) for row in rows for c in row if c is not None)


def standing(made: Round) -> dict[str, list[dict[str, Any]]]:
    """The files that speak for each department of the roster, as the JSON report tells them."""
    codes = {line["部门编码"] for line in made.lines}
    found: dict[str, list[dict[str, Any]]] = {code: [] for code in codes}
    seen: set[str] = set()
    for sent in made.report["submissions"]:
        code = sent["code"]
        if code in codes and sent["sha256"] not in seen:
            found[code].append(sent)
            seen.add(sent["sha256"])
    return found
