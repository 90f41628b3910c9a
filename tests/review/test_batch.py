"""What only the batch, last year or an earlier round shows; and which rules a run reports."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.support.fillings import filling
from tests.support.forms import built, checked, clean, form, room, said, wording
from xltools.errors import UsageError
from xltools.findings.report import Checked, Report
from xltools.intake.roster import Department, Roster
from xltools.output.json_report import report_data, report_json
from xltools.output.text import report_text
from xltools.review.batch import batch_findings
from xltools.review.earlier_report import read_report
from xltools.review.last_round import against_report
from xltools.review.last_year import against_last_year
from xltools.review.owners import assign_owners
from xltools.rules.catalogue import catalogue
from xltools.rules.select import chosen_codes, narrow, words
from xltools.sampling.base import laid_over
from xltools.writing.findings_book.book import findings_book
from xltools.writing.findings_book.contents import FindingsBook

import random  # isort: skip

FORM = "guangdong-2023"


def sent(code: str, name: str, file: str = "", base: dict[str, Any] | None = None, **changes: Any) -> Checked:
    """Return the result of one department's workbook."""
    values = laid_over(form(FORM), base or clean(FORM), {"部门编码": code, "部门名称": name, **changes})
    return checked(built(FORM, values), shown=file or f"{code}.xlsx")


def other(number: int) -> dict[str, Any]:
    """Return a filling with figures of its own."""
    return filling(FORM, random.Random(number))


def judge(report: Report, roster: Roster | None) -> None:
    """Add what the batch as a whole shows."""
    assign_owners(report.submissions, roster)
    batch_findings(report, roster)


def told(result: Checked, code: str) -> list[tuple[str, str]]:
    """Return the cells and messages of one code's findings."""
    return [(f.cell, said(f)) for f in result.findings if f.code == code]


def test_an_approved_figure_is_the_rosters() -> None:
    roster = Roster(tuple(Department(c, c, values={"财政核定全年预算数": v}) for c, v in (("1", 1230.0), ("2", 999.0))))
    right, wrong = sent("1", "1"), sent("2", "2", base=clean(FORM))
    judge(Report([right, wrong]), roster)
    assert told(right, "BT005") == []
    ((cell, message),) = told(wrong, "BT005")
    assert cell == form_cell("财政核定全年预算数") and "1,230.00" in message and "999.00" in message


def test_a_code_with_blanks_is_the_rosters() -> None:
    roster = Roster((Department("101001", "甲局", "行政科"), Department("101002", "乙局")))
    blank, wide, wrong = sent("101 001", "甲局（本级）"), sent("１０１　００２", "乙局机关"), sent("101 003", "丙院")
    report = Report([blank, wide, wrong])
    judge(report, roster)
    assert [bool(told(s, "BT003")) for s in report.submissions] == [False, False, True]
    assert report.missing == []


def form_cell(name: str) -> str:
    """Return where a field stands."""
    return next(ref.a1 for key, ref in room().layout(form(FORM)).cells.items() if key.field == name and key.row < 0)


def test_one_code_for_two_departments() -> None:
    one, two, alone = (sent(c, n, base=other(i)) for i, (c, n) in enumerate((("1", "甲"), ("1", "乙"), ("2", "丙"))))
    judge(Report([one, two, alone]), None)
    assert "乙" in told(one, "BT006")[0][1] and "甲" in told(two, "BT006")[0][1] and not told(alone, "BT006")


def test_copied_figures_are_told_from_figures_of_ones_own() -> None:
    original, copy, own = sent("1", "甲"), sent("2", "乙", 在职人数=44), sent("3", "丙", base=other(3))
    judge(Report([original, copy, own]), None)
    assert told(original, "BT007") and told(copy, "BT007") and not told(own, "BT007")


def test_signs_of_inflation() -> None:
    good = [sent(str(n), f"部门{n}", base=other(n)) for n in range(5)]
    for result in good:
        result.score, result.grade = 99.5, "优"
    lenient = sent("9", "部门九", base=other(9), 存在问题="无")
    report = Report([*good, lenient])
    judge(report, None)
    assert [f.code for f in report.batch] == ["BT008"] and report.batch[0].level == "notice"
    assert told(lenient, "BT009") and not any(told(g, "BT009") for g in good)


def test_an_ordinary_batch_has_no_batch_findings() -> None:
    results = [sent(str(n), f"部门{n}", base=other(n)) for n in range(4)]
    report = Report(results)
    judge(report, None)
    assert [f.code for f in report.findings if f.code.startswith("BT")] == []


def test_opening_is_last_years_closing() -> None:
    last = Report([sent("1", "甲", "去年.xlsx", other(1), 年末结转和结余=77.0), sent("2", "乙", base=other(2))])
    this = other(5)
    continued = laid_over(form(FORM), this, {"年初结转和结余": 77.0})
    right, wrong = sent("1", "甲", base=continued), sent("1", "甲", base=this)
    against_last_year(Report([right]), last)
    against_last_year(Report([wrong]), last)
    assert told(right, "BT012") == [] and [c for c, _ in told(wrong, "BT012")] == [form_cell("年初结转和结余")]
    assert not told(right, "BT013")


def test_a_copy_of_last_years_workbook() -> None:
    again = sent("1", "甲", 在职人数=44)
    against_last_year(Report([again]), Report([sent("1", "甲", "去年.xlsx")]))
    assert "去年.xlsx" in told(again, "BT013")[0][1]


def test_progress_against_an_earlier_round(tmp_path: Path) -> None:
    path = tmp_path / "first.json"
    path.write_text(
        report_json(Report([sent("1", "甲", "一.xlsx", 在职人数=39.5, 人员经费=600)]), wording()), encoding="utf-8"
    )
    now = sent("1", "甲", "二.xlsx", 人员经费=600, 年度=2022)
    against_report(Report([now]), read_report(path))
    assert now.progress is not None
    assert [[p.code for p in part] for part in (now.progress.solved, now.progress.open, now.progress.new)] == [
        ["VA016"],
        ["BA107"],
        ["VA010"],
    ]
    text = report_text(Report([now]), wording())
    assert "与上一轮对照：已解决 1 项，仍在 1 项，新出现 1 项" in text
    place = form_cell("在职人数")
    assert f"已解决：VA016 基本情况!{place}\n" in text and "仍在：BA107 " in text and "新出现：VA010 " in text
    made = findings_book(FindingsBook(Report([now]), wording(), cards={}, forms=[], folder=tmp_path))
    book = openpyxl.load_workbook(io.BytesIO(made))
    assert column(book["总表"], "已解决", "仍在", "新出现") == [(1, 1, 1)]
    assert {("VA010", "新出现"), ("BA107", "仍在")} <= set(column(book["问题"], "编号", "与上一轮"))
    assert column(book["已解决"], "编号", "位置") == [("VA016", f"基本情况!{place}")]


def test_nothing_is_said_of_rounds_in_the_first(tmp_path: Path) -> None:
    first = sent("1", "甲", 人员经费=600)
    assert "上一轮" not in report_text(Report([first]), wording())
    made = findings_book(FindingsBook(Report([first]), wording(), cards={}, forms=[], folder=tmp_path))
    assert "已解决" not in openpyxl.load_workbook(io.BytesIO(made)).sheetnames


def column(sheet: Worksheet, *titles: str) -> list[tuple[object, ...]]:
    """Return these columns of a sheet of the findings workbook, a tuple a line."""
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = next(number for number, row in enumerate(rows) if set(titles) <= set(row))
    at = [rows[head].index(title) for title in titles]
    return [tuple(row[place] for place in at) for row in rows[head + 1 :] if row[at[0]] is not None]


@pytest.mark.parametrize("text", ["", "[]", '{"schema": "other/1"}', json.dumps({"schema": "xltools.report/1"})])
def test_what_is_no_report_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match="上一轮"):
        read_report(path)


def test_an_earlier_report_may_have_keys_of_later_versions_but_no_wrong_ones(tmp_path: Path) -> None:
    path = tmp_path / "first.json"
    data = report_data(Report([sent("1", "甲", "一.xlsx", 在职人数=39.5)]), wording())
    data["added_later"] = data["findings"][0]["added_later"] = 1
    path.write_text(json.dumps(data), encoding="utf-8-sig")
    assert [f.code for f in read_report(path).findings] == ["VA016", "KP103"]
    data["findings"][0]["cell"] = 5
    del data["submissions"][0]["file"]
    path.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        read_report(path)
    assert str(caught.value).splitlines()[1:] == [
        "  first.json · findings[1] “VA016”.cell：应为文本，现为 5",
        "  first.json · submissions[1] “1”.file：缺少这一项",
    ]


def test_select_and_ignore() -> None:
    cards = catalogue([form(FORM)])
    codes = chosen_codes(words(["BA,VA014"]), words(["BA106"]), cards)
    assert "BA101" in codes and "VA014" in codes and "IN001" in codes
    assert not codes & {"BA106", "VA001", "ST001"}
    assert chosen_codes([], ["应为整数"], cards) == frozenset(cards) - {"VA016"}
    with pytest.raises(UsageError, match="BA10"):
        chosen_codes(["BA10X"], [], cards)
    report = Report([sent("1", "甲", 在职人数=39.5)])
    assert report.submissions[0].status == "failed"
    narrow(report, chosen_codes(["BA"], [], cards))
    report.submissions[0].settle()
    assert report.submissions[0].status == "passed" and not report.submissions[0].findings
