"""The coordinator's workbook: its sheets, its links, its decisions read back; text from outside stays text in it."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from tests.support.damage import Package
from tests.support.forms import built, clean, form, laid_over, room
from tests.support.samples import ROSTER, SENT
from tests.support.spoiled import LIVE
from xltools.cli import main
from xltools.findings.report import Report
from xltools.form.layout import Key
from xltools.intake.files.discover import discover
from xltools.intake.roster import read_roster
from xltools.intake.xlsx.book import read_book
from xltools.review.context import DecisionsFile, RunContext, RunOptions
from xltools.review.decisions import read_decisions
from xltools.review.run import run as review

FORM = "guangdong-2023"


def run(*arguments: object) -> int:
    code = main([str(a) for a in arguments], standalone_mode=False)
    assert isinstance(code, int)
    return code


def report(folder: Path, decisions: Path | None = None) -> Report:
    made = DecisionsFile("意见.xlsx", read_decisions(decisions)) if decisions is not None else DecisionsFile()
    options = RunOptions(narratives=False)
    return review(RunContext(room(), discover([folder])[0], (), read_roster(ROSTER), decisions=made, options=options))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("问题")
    out = folder / "审核问题.xlsx"
    code = run("check", SENT, "--roster", ROSTER, "--return", folder / "退回", "--format", "xlsx", "-o", out, "-q")
    assert code == 1
    return out


def test_it_has_all_sheets_and_every_finding(made: Path) -> None:
    book = openpyxl.load_workbook(made)
    assert book.sheetnames == ["总表", "问题", "未报送", "重复报送", "通知", "说明"]
    found = report(SENT)
    page = book["问题"]
    codes = [page.cell(r, 5).value for r in range(5, page.max_row + 1)]
    no_narrative = [c for c in codes if str(c).startswith("NA")]
    assert [c for c in codes if c not in no_narrative] == [f.code for f in found.findings]
    assert len(no_narrative) == len(found.submissions)
    assert [c.value for c in book["未报送"]["A"]][4:] == [code for code, _ in found.missing]
    hashes = {c.value for c in book["说明"]["C"]}
    assert {f"SHA-256 {s.sha256}" for s in found.submissions} <= hashes


def test_its_links_lead_to_files_and_cells(made: Path) -> None:
    book = openpyxl.load_workbook(made)
    targets = [c.hyperlink for row in book["总表"].iter_rows(min_row=5) for c in row if c.hyperlink]
    assert targets
    for link in targets:
        assert (made.parent / link.target.replace("\\", "/")).is_file(), link.target
    places = [c.hyperlink for c in book["问题"]["F"] if c.hyperlink]
    assert any(link.location == "收支情况!B6" for link in places)


def test_a_return_copy_and_a_notice_for_each_that_is_not_clean(made: Path) -> None:
    names = sorted(p.name for p in (made.parent / "退回").iterdir())
    bad = [s for s in report(SENT).submissions if s.status != "passed"]
    assert len([n for n in names if n.endswith("_退回1.xlsx")]) == len(bad) == 4
    assert len([n for n in names if n.endswith("_通知.txt")]) == len(bad) + 1


def decide(made: Path, target: Path, *rows: tuple[int, str, str, str]) -> Path:
    book = openpyxl.load_workbook(made)
    page = book["问题"]
    titles = [c.value for c in page[4]]
    for row, *values in rows:
        for title, value in zip(("处理意见", "理由", "经办人"), values, strict=True):
            page.cell(row, titles.index(title) + 1).value = value
    book.save(target)
    return target


def said(found: Report) -> list[tuple[str, str]]:
    """Return what the report says about decisions."""
    return [(f.code, f.level) for f in found.batch if f.code in ("BT010", "BT011")]


def row_of(made: Path, code: str) -> int:
    page = openpyxl.load_workbook(made)["问题"]
    return next(r for r in range(5, page.max_row + 1) if page.cell(r, 5).value == code)


def test_a_waived_finding_no_longer_counts_and_says_why(made: Path, tmp_path: Path) -> None:
    row = row_of(made, "BA103")
    file = decide(made, tmp_path / "意见.xlsx", (row, "豁免", "决算已批复", "张三"))
    found = report(SENT, file)
    (checked,) = [s for s in found.submissions if s.code == "101004"]
    (finding,) = [f for f in checked.findings if f.code == "BA103"]
    assert (finding.state, finding.explanation, checked.status) == ("waived", "决算已批复（张三）", "passed")
    assert said(found) == []
    again = tmp_path / "再审.xlsx"
    run("check", SENT, "--decisions", file, "--format", "xlsx", "-o", again, "-q")
    page = openpyxl.load_workbook(again)["问题"]
    assert [page.cell(row_of(again, "BA103"), c).value for c in (4, 15, 16, 17)] == [
        "已豁免",
        "豁免",
        "决算已批复",
        "张三",
    ]


def test_a_decision_without_reason_or_name_has_no_effect(made: Path, tmp_path: Path) -> None:
    row, other = row_of(made, "BA103"), row_of(made, "EX104")
    file = decide(made, tmp_path / "意见.xlsx", (row, "豁免", "", "张三"), (other, "不管", "口径", "张三"))
    found = report(SENT, file)
    assert said(found) == [("BT010", "confirm"), ("BT010", "confirm")]
    assert not [f for f in found.findings if f.state == "waived"]


def test_a_changed_figure_asks_again(made: Path, tmp_path: Path) -> None:
    file = decide(made, tmp_path / "意见.xlsx", (row_of(made, "BA103"), "豁免", "决算已批复", "张三"))
    folder = tmp_path / "再报"
    folder.mkdir()
    source = next(SENT.glob("101004_*.xlsx"))
    place = room().layout(form(FORM)).cells[Key("收入总计")]
    (folder / source.name).write_bytes(Package(source.read_bytes()).number(place, 1250.5).data())
    found = report(folder, file)
    assert [f.state for f in found.findings if f.code == "BA103"] == ["open"]
    assert said(found) == [("BT011", "notice")]


def test_nothing_from_outside_is_live_in_any_output(tmp_path: Path) -> None:
    folder = tmp_path / "=报送(1)"
    folder.mkdir()
    for number, text in enumerate(LIVE[:9]):
        values = laid_over(
            form(FORM), clean(FORM), {"部门名称": text, "存在问题": text, "支出率": text, "负责人": text}
        )
        values["部门编码"] = f"=10{number}"
        (folder / f"@SUM(A1) {number} +cmd.xlsx").write_bytes(built(FORM, values))
    out, back = tmp_path / "问题.xlsx", tmp_path / "退回"
    assert run("check", folder, "--return", back, "--format", "xlsx", "-o", out, "-q") == 1
    assert len(list(back.glob("*.xlsx"))) == 9 and len(list(back.glob("*.txt"))) == 9
    book = read_book(out)
    assert [c.formula for s in book.sheets for c in s.cells.values() if c.formula is not None] == []
    assert not any(kind in ("dde", "macro") for kind, _ in book.active)
    with io.BytesIO(out.read_bytes()) as stream:
        for sheet in openpyxl.load_workbook(stream).worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    assert cell.hyperlink is None or (cell.hyperlink.target or "").endswith(".xlsx"), cell.value
    for file in back.glob("*.xlsx"):
        layout = room().layout(form(FORM))
        for sheet in read_book(file).sheets:
            assert all(target.startswith("#") for _, target in sheet.hyperlinks)
            own = {(r.row, r.column) for r in layout.formulas if r.sheet == sheet.name}
            live = {place for place, cell in sheet.cells.items() if cell.formula is not None}
            assert live <= own or sheet.name == "问题清单"


def test_return_copies_may_not_lie_among_the_submissions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "甲.xlsx").write_bytes(built(FORM))
    assert run("check", tmp_path, "--return", tmp_path / "退回") == 2
    assert "退回件不能放在报送件的文件夹里" in capsys.readouterr().err


def test_two_of_one_name_get_two_files(tmp_path: Path) -> None:
    folder = tmp_path / "报送"
    folder.mkdir()
    for number, total in enumerate((1300.0, 1400.0)):
        values = laid_over(form(FORM), clean(FORM), {"收入总计": total, "部门编码": "", "部门名称": ""})
        (folder / str(number)).mkdir()
        (folder / str(number) / "自评表.xlsx").write_bytes(built(FORM, values))
    assert run("check", folder, "--return", tmp_path / "退回", "-q") == 1
    names = sorted(p.name for p in (tmp_path / "退回").glob("*.xlsx"))
    assert names == ["自评表_退回1.xlsx", "自评表_退回1（2）.xlsx"]
