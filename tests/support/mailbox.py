"""A coordinator's mailbox: what twelve departments send in two rounds, and what the coordinator types in between."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

import openpyxl

from tests.support.district import module
from tests.support.sent import encrypted, gbk_zip
from xltools.jobs.common import workspace
from xltools.review.decisions import NAME, REASON, SHEET, VERDICT
from xltools.review.typed import CONTACT, MISSING_SHEET
from xltools.writing.department.make import file_name, workbook

COUNT = 12
LOCKED, SILENT, UNBALANCED, DIRTY, BLANK, UNEXPLAINED = 5, 10, 3, 7, 11, 9
"""Places in the list of those who make trouble in the first round; the others are clean."""
STRANGER = "99001"
TALK, WHY, WHO = "电话联系过，周五前报", "已与市级单位核对，不在本区考核范围", "经办人甲"


class Mailbox:
    """Twelve departments of the invented district: their roster, and what arrives."""

    def __init__(self, folder: Path) -> None:
        made = module()
        self.members = made.district(count=40)[:COUNT]
        self.stranger = made.district(count=40)[38]
        self.shop = workspace(None)
        self.form = self.shop.form(made.FORM)
        self.roster = folder / "原来的名册.csv"
        self.roster.write_bytes(made.roster_csv(self.members))

    def book(self, place: int, changes: Mapping[str, Any] | None = None) -> bytes:
        """Return a department's workbook, with changes to what is right."""
        member = self.members[place]
        return workbook(self.shop, self.form, deepcopy(member.values) | dict(changes or {}), member.line)

    def name(self, place: int, suffix: str = "") -> str:
        """Return the file name under which its workbook went out."""
        return file_name(self.members[place].code, self.members[place].name, suffix)

    def first(self, inbox: Path) -> None:
        """Fill the inbox with what comes in the first round."""
        inbox.mkdir(parents=True, exist_ok=True)
        (inbox / "转发：自评表.zip").write_bytes(gbk_zip({self.name(n): self.book(n) for n in (1, 2)}))
        more = inbox / "11月20日收"
        more.mkdir()
        (more / self.name(0)).write_bytes(self.book(0))
        (more / "新建 Microsoft Excel 工作表.xlsx").write_bytes(self.book(8))
        total = self.members[UNBALANCED].values["收入总计"]
        (inbox / self.name(UNBALANCED)).write_bytes(self.book(UNBALANCED, {"收入总计": round(total + 0.18, 2)}))
        (inbox / self.name(4)).write_bytes(self.book(4))
        (inbox / self.name(LOCKED)).write_bytes(encrypted(self.book(LOCKED), "不告诉你"))
        for suffix in ("", "（1）"):
            (inbox / self.name(6, suffix)).write_bytes(self.book(6))
        words = f"{self.members[DIRTY].values['执行数']:,.2f}万元"
        (inbox / self.name(DIRTY)).write_bytes(self.book(DIRTY, {"执行数": words}))
        (inbox / self.name(UNEXPLAINED)).write_bytes(self.book(UNEXPLAINED))
        (inbox / self.name(BLANK)).write_bytes(self.book(BLANK, {"年末结转和结余": None}))
        member = self.stranger
        values = member.values | {"部门编码": STRANGER, "部门名称": "外来单位"}
        (inbox / "外来单位.xlsx").write_bytes(workbook(self.shop, self.form, values))
        (inbox / f"~${self.name(4)}").write_bytes(b"lock")
        (inbox / "微信图片.jpg").write_bytes(b"\xff\xd8\xff\xe0 picture")

    def second(self, inbox: Path, returned: Path) -> list[str]:
        """Do as the notices say: correct the return copies, send what is missing; return who corrected."""
        corrected = []
        for path in sorted(returned.glob("*_退回1.xlsx")):
            place = next((n for n, m in enumerate(self.members) if m.code == path.name.split("_")[0]), None)
            if place is not None:
                corrected.append(self.members[place].code)
                self._correct(path, place, inbox / path.name)
        (inbox / "补报").mkdir()
        (inbox / "补报" / self.name(SILENT)).write_bytes(self.book(SILENT))
        (inbox / "补报" / self.name(LOCKED)).write_bytes(self.book(LOCKED))
        (inbox / self.name(LOCKED)).unlink()
        return corrected

    def _correct(self, path: Path, place: int, target: Path) -> None:
        """Open a return copy and put right what this department had wrong."""
        book = openpyxl.load_workbook(path)
        right = self.members[place].values | {"核实说明_EX106": "项目招标推迟，合同款结转下年支付"}
        for name in ("收入总计", "执行数", "年末结转和结余", "核实说明_EX106"):
            sheet, cell = next(iter(book.defined_names[name].destinations))
            book[sheet][cell.replace("$", "")].value = right[name]
        book.save(target)


def type_into(findings: Path) -> int:
    """Type what a coordinator does after the first round; return how many cells."""
    book = openpyxl.load_workbook(findings)
    typed = 0
    for sheet, code_title, wanted, words in (
        (SHEET, "编号", ("BT003",), {VERDICT: "豁免", REASON: WHY, NAME: WHO}),
        (MISSING_SHEET, "部门编码", None, {CONTACT: TALK}),
    ):
        for row, titles in _rows(book[sheet], code_title):
            if wanted is None or book[sheet].cell(row, titles[code_title]).value in wanted:
                for title, text in words.items():
                    book[sheet].cell(row, titles[title]).value = text
                    typed += 1
    book.save(findings)
    return typed


def _rows(sheet: Any, title: str) -> Iterator[tuple[int, dict[str, int]]]:
    titles: dict[str, int] = {}
    for row in range(1, sheet.max_row + 1):
        if titles and sheet.cell(row, titles[title]).value:
            yield row, titles
        elif not titles:
            cells = {str(c.value): c.column for c in sheet[row] if c.value}
            titles = cells if title in cells else {}


def everything_in(path: Path) -> str:
    """Return every text of a workbook."""
    book = openpyxl.load_workbook(path)
    return "\n".join(str(c) for s in book for row in s.iter_rows(values_only=True) for c in row if c is not None)
