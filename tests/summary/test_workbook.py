"""The consolidated workbook: every formula's value, the proof of the totals, nothing live, Excel's limits."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.support.district import mixed_batch
from tests.support.libreoffice import convert
from xltools.cli import main
from xltools.form import open_form
from xltools.intake.files.discover import discover
from xltools.intake.roster import read_roster
from xltools.jobs.common import workspace
from xltools.review.context import RunContext, RunOptions
from xltools.review.run import run as review
from xltools.summary.batch import Batch, settle
from xltools.summary.book import Imprint, make_book
from xltools.summary.tidy import TABLES, tables_of
from xltools.writing.consolidated.book import consolidated
from xltools.writing.consolidated.excel_limits import ExcelLimits
from xltools.writing.consolidated.plan import Grid

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")


class Made:
    """A mixed batch, checked once for all tests of this file."""

    def __init__(self, folder: Path) -> None:
        self.sent, self.roster = mixed_batch(folder)
        files, aside = discover([self.sent])
        options = RunOptions(harvest=True, narratives=False)
        self.report = review(RunContext(workspace(None), files, aside, read_roster(self.roster), options=options))
        ids = sorted({s.form for s in self.report.submissions if s.form})
        self.forms = {name: open_form(name) for name in ids}

    def batch(self, include_failed: bool = False) -> Batch:
        return settle(self.report, self.forms, read_roster(self.roster), include_failed)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return Made(tmp_path_factory.mktemp("district"))


@pytest.fixture(scope="module")
def book(made: Made, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("book") / "汇总.xlsx"
    path.write_bytes(consolidated(make_book(made.batch(True), Imprint("示例区财政局", "2024-05-01")).plan))
    return path


def formulas(path: Path) -> dict[tuple[str, str], Any]:
    book = openpyxl.load_workbook(path)
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


def values(path: Path) -> dict[tuple[str, str], Any]:
    book = openpyxl.load_workbook(path, data_only=True)
    return {(s.title, c.coordinate): c.value for s in book.worksheets for row in s.iter_rows() for c in row}


def alike(left: Any, right: Any) -> bool:
    if isinstance(left, int | float) and isinstance(right, int | float):
        return abs(left - right) < 1e-9
    return (left or "") == (right or "")


def test_libreoffice_agrees_with_every_formula_and_finds_no_error(book: Path, tmp_path: Path) -> None:
    again = values(convert([book], tmp_path)[0])
    ours = values(book)
    cells = formulas(book)
    assert len(cells) > 300
    assert {at: (ours[at], again.get(at)) for at in cells if not alike(ours[at], again.get(at))} == {}
    assert [at for at, value in again.items() if isinstance(value, str) and re.fullmatch(r"#[A-Z/0!?]+.*", value)] == []


def test_each_form_has_its_set_of_sheets(book: Path) -> None:
    names = openpyxl.load_workbook(book, read_only=True).sheetnames
    for form in ("guangdong-2023", "project-2023"):
        assert {f"{base}-{form}" for base in ("总览", "部门汇总", "指标得分", "绩效指标明细", "来源位置")} & set(names)
    assert {"封面", "问题清单", "未计入", "未报送", "重复报送", "豁免与说明", "核对", "来源"} <= set(names)
    assert all(len(n) <= 31 for n in names)


def test_the_same_batch_gives_the_same_parts(made: Made) -> None:
    parts = []
    for _ in range(2):
        data = consolidated(make_book(made.batch(), Imprint(day="2024-05-01")).plan)
        parts.append(data)
    assert parts[0] == parts[1]


def test_totals_are_live_and_right(made: Made, book: Path) -> None:
    sheet = openpyxl.load_workbook(book)["部门汇总-guangdong-2023"]
    header = next(r for r in range(1, 10) if sheet.cell(r, 1).value == "部门编码")
    titles = {sheet.cell(header, c).value: c for c in range(1, sheet.max_column + 1)}
    column = next(c for t, c in titles.items() if str(t).startswith("收入总计"))
    total = sheet.cell(3, column).value
    assert total.startswith("=ROUND(SUBTOTAL(109,")
    batch = made.batch(True)
    expected = sum(e.checked.figures["收入总计"] for e in batch.totalled("guangdong-2023"))
    shown = values(book)["部门汇总-guangdong-2023", sheet.cell(3, column).coordinate]
    assert shown == pytest.approx(expected, abs=0.005)
    assert sheet.auto_filter.ref and sheet.freeze_panes and sheet.print_title_rows


def test_a_total_that_differs_is_refused(made: Made) -> None:
    batch = made.batch()
    entry = batch.totalled("guangdong-2023")[0]
    whole = make_book(batch, Imprint())
    assert whole.problems == [] and all(c.difference == 0 for c in whole.checks)
    kept = entry.checked.figures
    entry.checked.figures = kept | {"收入总计": kept["收入总计"] + 1}
    try:
        broken = make_book(batch, Imprint())
    finally:
        entry.checked.figures = kept
    assert [p for p in broken.problems if "相差 -1.00" in p]
    first = broken.plan.sheets[0]
    assert first.look == "broken" and first.verdict.startswith("× 未完成")  # type: ignore[union-attr]


def test_a_submission_left_out_without_a_reason_is_refused(made: Made, tmp_path: Path) -> None:
    from xltools.summary.batch import problems_of

    batch = made.batch()
    batch.left_out[0].reason = ""
    assert any("也没有写明原因" in p for p in problems_of(batch))


def test_every_file_stands_in_the_sources_and_every_one_left_out_has_its_reason(made: Made, book: Path) -> None:
    plan = make_book(made.batch(), Imprint()).plan
    grids = {g.name: g for g in plan.sheets if isinstance(g, Grid)}
    files = {s.file for s in made.report.submissions}
    assert set(grids["来源"].column("_file").values) == files
    assert all(grids["未计入"].column("_reason").values)
    assert grids["未报送"].rows == len(made.report.missing) == 1
    assert grids["重复报送"].rows == 2


def test_nothing_that_was_typed_is_live(book: Path, tmp_path: Path) -> None:
    texts = [v for v in values(book).values() if isinstance(v, str) and v.startswith("=示例项目")]
    assert texts  # a project's name typed as a formula is in the workbook, as text
    assert not [f for f in formulas(book).values() if "示例项目" in str(f)]
    with zipfile.ZipFile(book) as package:
        names = package.namelist()
    assert not [n for n in names if "vba" in n.lower() or "externalLink" in n]


def test_formulas_carry_their_values(book: Path) -> None:
    ours = values(book)
    totals = {at: ours[at] for at in formulas(book) if at[0].startswith("核对")}
    assert totals and all(v is not None for v in totals.values())
    assert {v for (s, c), v in ours.items() if s == "核对" and c[0] == "G" and c[1:].isdigit() and int(c[1:]) > 3} == {
        "一致"
    }


def test_beyond_the_limits_sheets_are_split_texts_cut_and_links_stay_text(made: Made, tmp_path: Path) -> None:
    limits = ExcelLimits(rows=120, text=40, links=3)
    path = tmp_path / "small.xlsx"
    path.write_bytes(consolidated(make_book(made.batch(True), Imprint()).plan, lambda f: "external:a.xlsx", limits))
    book = openpyxl.load_workbook(path)
    parts = [n for n in book.sheetnames if n.startswith("绩效指标明细-guangdong-2023（")]
    assert len(parts) >= 2 and all(book[n].max_row <= 120 for n in parts)
    assert "分为" in str(book[parts[0]]["A2"].value) + str(book[parts[0]]["C2"].value)
    assert any("此处截断" in str(c.value) for row in book["问题清单"].iter_rows() for c in row)
    links = [c for row in book["来源"].iter_rows() for c in row if c.hyperlink]
    assert len(links) == 3


def test_tidy_tables_have_their_documented_columns_and_tie_to_the_workbook(made: Made) -> None:
    batch = made.batch()
    tables = tables_of(batch)
    for name, rows in tables.items():
        assert all(set(row) == set(TABLES[name]) for row in rows), name
    income = [r["value"] for r in tables["figures"] if r["field"] == "收入总计" and r["in_total"]]
    assert len(income) == len(batch.totalled("guangdong-2023"))
    assert all(r["sheet"] == "收支情况" and r["cell"] for r in tables["figures"] if r["field"] == "收入总计")
    document = (Path(__file__).parents[2] / "docs" / "summary.md").read_text(encoding="utf-8")
    missing = [key for columns in TABLES.values() for key in columns if f"`{key}`" not in document]
    assert missing == []


def run(*arguments: object) -> int:
    return int(main([str(a) for a in arguments], standalone_mode=False))


def test_command_line_formats_and_split_by_office(
    made: Made, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    common = ("summary", made.sent, "--roster", made.roster, "-q", "-j", "1")
    assert run(*common, "-o", tmp_path / "t.json", "--format", "json") == 1  # one file could not be read
    data = json.loads((tmp_path / "t.json").read_text(encoding="utf-8"))
    assert data["schema"] == "xltools.summary/1"
    assert data["complete"] is False and data["verdict"].startswith("● 阶段汇总：计入 ")
    assert run(*common, "-o", tmp_path / "csv", "--format", "csv", "--include", "failed") == 1
    text = (tmp_path / "csv" / "figures.csv").read_text(encoding="utf-8-sig")
    assert "'=示例项目" in text and ",=示例项目" not in text
    assert run(*common, "-o", tmp_path / "by" / "汇总.xlsx", "--by-unit", "--previous", made.sent) == 1
    assert (tmp_path / "by" / "汇总_行政政法科.xlsx").is_file()
    whole = openpyxl.load_workbook(tmp_path / "by" / "汇总.xlsx")["部门汇总-guangdong-2023"]
    assert any("增减" in str(c.value) for row in whole.iter_rows(max_row=8) for c in row)
    assert run("summary", made.sent, "-o", tmp_path / "x.xlsx", "--by-unit") == 2
    assert run(*common, "-o", tmp_path / "no.csv", "--format", "csv") == 2


def test_two_editions_end_in_exit_code_one(made: Made, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    from dataclasses import replace

    from xltools.jobs import summary

    batch = made.batch()
    batch.problems = ["混有不同版本"]
    options = summary.SummaryOptions(paths=[], output=tmp_path / "a.xlsx")
    assert summary._say(batch, make_book(batch, Imprint()), options) == 1
    assert "未完成：混有不同版本" in capfd.readouterr().err
    read = [entry for entry in batch.entries if entry.checked.status != "unreadable"]
    good = replace(batch, problems=[], entries=read)
    assert summary._say(good, make_book(good, Imprint()), options) == 0
    assert "阶段汇总：计入" in capfd.readouterr().err
