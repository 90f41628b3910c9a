"""Every count on 总览, proved by a second computation: the roster as text, the report as JSON, the sent cells by openpyxl."""

from __future__ import annotations

from pathlib import Path
from statistics import mean, median
from typing import Any

import openpyxl
import pytest

from tests.support.district import module
from tests.support.rounds import FORM, LOCKED, Round, standing
from xltools.cli import main
from xltools.form.layout import Key
from xltools.jobs.common import workspace
from xltools.summary.standing import STATES

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")


def test_the_counts_of_the_roster_are_right_and_add_up(round_: Round) -> None:
    own, shown = standing(round_), round_.shown()
    worst = {code: min((s["status"] for s in sent), key=STATES.index) for code, sent in own.items() if sent}
    expected = {
        "应报": len(round_.lines),
        "已报": len(worst),
        "通过": sum(s == "passed" for s in worst.values()),
        "待核实": sum(s == "confirm" for s in worst.values()),
        "有错误": sum(s == "failed" for s in worst.values()),
        "打不开": sum(s == "unreadable" for s in worst.values()),
        "未报送": sum(not sent for sent in own.values()),
        "名册外（件）": 2,
    }
    assert {k: shown[k] for k in expected} == expected
    assert expected["打不开"] == 1 and expected["未报送"] == 1 and expected["通过"] < expected["已报"]
    assert shown["应报"] == shown["已报"] + shown["未报送"]
    assert shown["已报"] == shown["通过"] + shown["待核实"] + shown["有错误"] + shown["打不开"]


def counted_files(made: Round) -> list[Path]:
    """The files whose figures make the totals: passed, no unit whose head passed too."""
    heads = {line["部门编码"]: line["主管部门"] for line in made.lines}
    names = {line["部门名称"]: line["部门编码"] for line in made.lines}
    passed = {c: s[0] for c, s in standing(made).items() if s and {x["status"] for x in s} == {"passed"}}
    return [Path(s["file"]) for c, s in passed.items() if names.get(heads[c]) not in passed]


def cell(book: Any, field: str) -> Any:
    ref = workspace(None).layout(FORM).cells[Key(field)]
    return book[ref.sheet].cell(ref.row, ref.column).value


def test_the_sums_and_scores_are_those_of_the_cells_that_were_sent(round_: Round) -> None:
    files, shown = counted_files(round_), round_.shown()
    books = [openpyxl.load_workbook(f, data_only=True) for f in files]
    assert shown["计入合计"] == len(files) > 20
    for field in FORM.total_fields:
        assert shown[f"{field}（万元）"] == pytest.approx(sum(cell(b, field) for b in books), abs=0.006)
    rate = sum(cell(b, "执行数") for b in books) / sum(cell(b, "全年预算数") for b in books) * 100
    assert shown["部门预算资金支出率"] == pytest.approx(rate, abs=0.0051)
    gap = sum(cell(b, "收入总计") for b in books) - sum(cell(b, "支出总计") for b in books)
    assert shown["收支差额（万元）"] == pytest.approx(gap, abs=0.006)
    scores = [cell(b, "自评总分") for b in books]
    for label, value in (("平均分", mean(scores)), ("中位数", median(scores)), ("最高分", max(scores))):
        assert shown[label] == pytest.approx(value, abs=0.0051)
    assert shown["最低分"] == pytest.approx(min(scores), abs=0.0051)
    grades = [cell(b, "自评等级") for b in books]
    assert {b.grade: shown[b.grade] for b in FORM.bands} == {b.grade: grades.count(b.grade) for b in FORM.bands}


def test_no_figure_of_the_page_is_left_unproved(round_: Round) -> None:
    """What the tests above prove is all that 总览 shows as a figure."""
    proved = {
        "应报",
        "已报",
        "通过",
        "待核实",
        "有错误",
        "打不开",
        "未报送",
        "名册外（件）",
        "计入合计",
        "收支差额（万元）",
    }
    proved |= {f"{field}（万元）" for field in FORM.total_fields} | {"部门预算资金支出率"}
    proved |= {"平均分", "中位数", "最高分", "最低分"} | {b.grade for b in FORM.bands}
    assert set(round_.shown()) == proved


def test_it_is_a_stage_until_every_department_is_in(round_: Round) -> None:
    words, shown = round_.lines_of(), round_.shown()
    assert f"阶段汇总：计入 {shown['通过']} / 应报 36" in words and "√ 汇总完整" not in words
    assert "打不开 1 个（示例区人大办公室）" in words and "未报送 1 个（示例区档案馆）" in words
    assert "不在名册的 1 件（外来单位" in words and "看不出是哪个部门的 1 件（不知是谁.xlsx）" in words


def test_a_department_whose_workbook_is_locked_is_named_and_not_missing(round_: Round) -> None:
    book = openpyxl.load_workbook(round_.book, data_only=True)
    missing = [row[0] for row in book["未报送"].iter_rows(min_row=4, values_only=True)]
    assert LOCKED not in missing and "01013" in missing
    left = {row[0]: row for row in book["未计入"].iter_rows(min_row=4, values_only=True)}
    assert left[LOCKED][1] == "示例区人大办公室" and left[LOCKED][3] == "打不开"
    assert (LOCKED, "示例区人大办公室") not in [tuple(m.values())[:2] for m in round_.report.get("missing", [])]


def test_a_replaced_copy_is_in_no_count_and_in_one_list(round_: Round) -> None:
    copies = [s["file"] for s in round_.report["submissions"] if s["code"] == "02011"]
    assert len(copies) == 2
    book = openpyxl.load_workbook(round_.book, data_only=True)
    for sheet in ("未计入", "问题清单", "排名", "豁免与说明"):
        assert "已被代替" not in [c.value for row in book[sheet].iter_rows() for c in row], sheet
    rows = [r for r in book["重复报送"].iter_rows(min_row=4, values_only=True) if r[0] == "02011"]
    assert sorted(str(r[4]) for r in rows) == ["已被代替", "计入"]
    replaced = Path(next(str(r[6]) for r in rows if r[4] == "已被代替")).name
    titles = {c.value: c.column - 1 for c in book["问题清单"][3]}
    files = [r[titles["报送文件"]] for r in book["问题清单"].iter_rows(min_row=4, values_only=True)]
    assert len(files) > 30 and replaced not in files


def test_income_and_expenditure_that_differ_are_named(tmp_path: Path) -> None:
    made = module()
    members = made.district(count=22)
    members[20].values["支出总计"] = members[20].values["收入总计"] - 5
    made.write(tmp_path, members, workspace(None))
    options = ("--include", "failed", "--roster", str(tmp_path / "名册.csv"), "-q", "-j", "1")
    book = tmp_path / "汇总.xlsx"
    assert main(["summary", str(tmp_path / "报送件"), *options, "-o", str(book)], standalone_mode=False) == 0
    text = "\n".join(str(c.value) for row in openpyxl.load_workbook(book)["总览"].iter_rows() for c in row if c.value)
    assert f"计入的收入总计与支出总计相差 5.00 万元：{members[20].name}（+5.00）" in text
    assert "没有通过审核、按要求计入" in text and "√ 汇总完整" not in text


def test_all_in_is_complete_and_says_so(tmp_path: Path) -> None:
    made = module()
    members = made.district(count=4)
    made.write(tmp_path, members, workspace(None))
    common = [str(tmp_path / "报送件"), "--roster", str(tmp_path / "名册.csv"), "-q", "-j", "1"]
    book = tmp_path / "汇总.xlsx"
    assert main(["summary", *common, "-o", str(book)], standalone_mode=False) == 0
    text = [c.value for row in openpyxl.load_workbook(book)["总览"].iter_rows() for c in row if c.value]
    assert any(str(t).startswith("√ 汇总完整：应报 4 个部门，全部通过审核并计入") for t in text)
