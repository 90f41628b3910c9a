"""The coordinator's workbook: its sheets, its links, its decisions read back; text from outside stays text in it."""

from __future__ import annotations

import io
import os
import re
from pathlib import Path

import openpyxl
import pytest

from tests.support.damage import Package
from tests.support.forms import built, clean, form, room
from tests.support.samples import ROSTER, SENT
from tests.support.spoiled import LIVE
from xltools.cli import main
from xltools.findings.report import Report
from xltools.form.layout import Key
from xltools.intake.files.discover import discover
from xltools.intake.roster import read_roster
from xltools.intake.xlsx.book import read_book
from xltools.review.context import DecisionsFile, RunContext, RunOptions
from xltools.review.run import run as review
from xltools.review.typed import read_typed
from xltools.sampling.base import laid_over

FORM = "guangdong-2023"


def run(*arguments: object) -> int:
    code = main([str(a) for a in arguments], standalone_mode=False)
    assert isinstance(code, int)
    return code


def report(folder: Path, decisions: Path | None = None) -> Report:
    made = DecisionsFile("意见.xlsx", read_typed(decisions).current) if decisions is not None else DecisionsFile()
    options = RunOptions(narratives=False)
    return review(RunContext(room(), discover([folder])[0], (), read_roster(ROSTER), decisions=made, options=options))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("问题")
    out = folder / "审核问题.xlsx"
    code = run("check", SENT, "--roster", ROSTER, "--return", folder / "退回", "--format", "xlsx", "-o", out, "-q")
    assert code == 1
    return out


def lines(path: Path, sheet: str) -> list[dict[str, object]]:
    """The rows of a sheet, by title."""
    page = openpyxl.load_workbook(path)[sheet]
    titles = [str(c.value) for c in page[4]]
    return [dict(zip(titles, row, strict=True)) for row in page.iter_rows(min_row=5, values_only=True)]


def test_it_has_all_sheets_and_every_finding(made: Path) -> None:
    book = openpyxl.load_workbook(made)
    assert book.sheetnames == ["下一步", "总表", "问题", "未报送", "重复报送", "通知", "说明", "来源和规则"]
    found = report(SENT)
    own = {s.code: sorted(f.code for f in s.findings) for s in found.submissions if not s.superseded and s.findings}
    own |= {"None": [f.code for f in found.batch]}
    listed: dict[str, list[str]] = {}
    for line in lines(made, "问题"):
        listed.setdefault(str(line["部门编码"]), []).append(str(line["编号"]))
    assert {code: sorted(codes) for code, codes in listed.items()} == own
    assert all(line["自评报告"] == "× 缺" for line in lines(made, "总表") if line["文件"])
    assert [c.value for c in book["未报送"]["A"]][4:] == [code for code, _ in found.missing]
    hashes = {c.value for c in book["来源和规则"]["C"]}
    assert {f"SHA-256 {s.sha256}" for s in found.submissions} <= hashes


def test_its_links_lead_to_files_and_cells(made: Path) -> None:
    book = openpyxl.load_workbook(made)
    targets = [c.hyperlink for row in book["总表"].iter_rows(min_row=5) for c in row if c.hyperlink]
    assert targets
    for link in targets:
        assert (made.parent / link.target.replace("\\", "/")).is_file(), link.target
    at = [c.value for c in book["问题"][4]].index("位置")
    places = [row[at].hyperlink for row in book["问题"].iter_rows(min_row=5) if row[at].hyperlink]
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
    return next(at for at, line in enumerate(lines(made, "问题"), start=5) if line["编号"] == code)


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
    line = lines(again, "问题")[row_of(again, "BA103") - 5]
    assert [line[t] for t in ("状态", "处理意见", "理由", "经办人")] == ["已豁免", "豁免", "决算已批复", "张三"]


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
                    link = cell.hyperlink
                    inside = link is not None and sheet.title == "下一步" and link.location == f"{cell.value}!A1"
                    assert link is None or inside or (link.target or "").endswith(".xlsx"), cell.value
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
    assert len(names) == 2 and all(re.fullmatch("自评表_[a-z]{6}_退回1.xlsx", name) for name in names)


def test_copies_nobody_chose_between_are_told_as_open(tmp_path: Path) -> None:
    folder = tmp_path / "件"
    folder.mkdir()
    for age, (name, total) in enumerate((("a.xlsx", 1300.0), ("b.xlsx", 1400.0), ("c.xlsx", 1400.0))):
        (folder / name).write_bytes(built(FORM, laid_over(form(FORM), clean(FORM), {"收入总计": total})))
        os.utime(folder / name, (1_700_000_000 + age,) * 2)
    out = tmp_path / "审核结果.xlsx"
    run("check", folder, "-o", out, "-q")
    said = [(row["取舍"], "请与部门核实" in str(row["情况"])) for row in lines(out, "重复报送")]
    assert sorted(said) == [("● 已被代替", False), ("● 待定", True), ("● 待定", True)]


def test_departments_stand_in_the_rosters_order_with_office_and_contact(made: Path) -> None:
    roster = read_roster(ROSTER)
    assert [line["部门编码"] for line in lines(made, "总表")] == [d.code for d in roster.departments]
    for line in lines(made, "总表"):
        known = roster.find(str(line["部门编码"]), "")
        assert known is not None
        assert (line["归口科室"] or "", line["联系人"] or "") == (known.office, known.values.get("联系人", ""))
    assert {line["轮次"] for line in lines(made, "总表") if line["文件"]} == {"初次"}
    assert [line["结果"] for line in lines(made, "总表") if not line["文件"]] == ["× 未报送"]


def test_the_first_sheet_says_what_to_do_next(made: Path) -> None:
    book = openpyxl.load_workbook(made)
    assert book.active is not None and book.active.title == "下一步"
    steps = [str(line["要做的事"]) for line in lines(made, "下一步")]
    bad = sum(s.status in ("failed", "confirm") for s in report(SENT).submissions)
    assert any(f"把 {bad} 个部门的退回件和通知发回部门" in step for step in steps)
    assert any("催报：1 个部门还没有报送" in step for step in steps)
    for line in lines(made, "下一步"):
        assert line["看哪张表"] is None or line["看哪张表"] in book.sheetnames


def type_in(path: Path, sheet: str, row: int, **values: str) -> None:
    book = openpyxl.load_workbook(path)
    page = book[sheet]
    titles = [c.value for c in page[4]]
    for title, value in values.items():
        page.cell(row, titles.index(title) + 1).value = value
    book.save(path)


def again(out: Path, sent: Path = SENT) -> int:
    return run("check", sent, "--roster", ROSTER, "--format", "xlsx", "-o", out, "-q", "-j", "1")


def test_what_the_coordinator_typed_outlives_the_next_run(tmp_path: Path) -> None:
    out = tmp_path / "审核结果.xlsx"
    assert again(out) == 1
    waived, open_ = row_of(out, "BA103"), row_of(out, "EX104")
    type_in(out, "问题", waived, 处理意见="豁免", 理由="决算已批复", 经办人="张三")
    type_in(out, "问题", open_, 处理意见="豁免", 理由="口径不同")
    type_in(out, "未报送", 5, 联系情况="周三前补报")
    for _ in range(2):
        again(out)
        found = lines(out, "问题")
        first, second = found[row_of(out, "BA103") - 5], found[row_of(out, "EX104") - 5]
        assert [first[t] for t in ("状态", "处理意见", "理由", "经办人")] == ["已豁免", "豁免", "决算已批复", "张三"]
        assert [second[t] for t in ("状态", "处理意见", "理由", "经办人")] == ["未处理", "豁免", "口径不同", None]
        assert lines(out, "未报送")[0]["联系情况"] == "周三前补报"
    assert any("1 条处理意见没有写全" in str(line["要做的事"]) for line in lines(out, "下一步"))


def test_a_decision_whose_finding_is_gone_is_kept_and_comes_back_with_it(tmp_path: Path) -> None:
    sent = tmp_path / "收件"
    sent.mkdir()
    source = next(SENT.glob("101004_*.xlsx"))
    (sent / source.name).write_bytes(source.read_bytes())
    out = tmp_path / "审核结果.xlsx"
    again(out, sent)
    type_in(out, "问题", row_of(out, "BA103"), 处理意见="豁免", 理由="决算已批复", 经办人="张三")
    other = next(SENT.glob("101002_*.xlsx"))
    (sent / source.name).unlink()
    (sent / other.name).write_bytes(other.read_bytes())
    for _ in range(2):
        again(out, sent)
        (kept,) = lines(out, "以前的意见")
        assert [kept[t] for t in ("部门编码", "编号", "处理意见", "理由", "经办人")] == [
            *("101004", "BA103", "豁免", "决算已批复", "张三")
        ]
    (sent / source.name).write_bytes(source.read_bytes())
    again(out, sent)
    assert lines(out, "问题")[row_of(out, "BA103") - 5]["状态"] == "已豁免"
    assert "以前的意见" not in openpyxl.load_workbook(out).sheetnames


def test_a_department_that_need_not_report_is_excused_by_name(tmp_path: Path) -> None:
    out = tmp_path / "审核结果.xlsx"
    again(out)
    type_in(out, "未报送", 5, 处理意见="免报", 理由="已并入其他部门", 经办人="张三")
    again(out)
    assert [line["结果"] for line in lines(out, "总表") if not line["文件"]] == ["√ 免报"]
    assert not any("催报" in str(line["要做的事"]) for line in lines(out, "下一步"))
    book = tmp_path / "汇总.xlsx"
    assert run("summary", SENT, "--roster", ROSTER, "--decisions", out, "-o", book, "-q", "-j", "1") == 0
    page = openpyxl.load_workbook(book)["总览"]
    rows = [[c for c in row if c is not None] for row in page.iter_rows(values_only=True)]
    at = next(i for i, row in enumerate(rows) if "免报" in row)
    assert dict(zip(rows[at], rows[at + 1], strict=True))["免报"] == 1


def test_a_file_that_is_no_findings_workbook_is_not_replaced(tmp_path: Path) -> None:
    out = tmp_path / "审核结果.xlsx"
    out.write_bytes(b"mine")
    assert again(out) == 2
    assert out.read_bytes() == b"mine"
