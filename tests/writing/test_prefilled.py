"""What a roster gives a workbook: any field it has a column for, under its own or a usual name; a project a line."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.support.forms import form, room
from xltools.cli import main
from xltools.errors import UsageError
from xltools.form.layout import Key
from xltools.intake.open import load_bytes
from xltools.intake.roster import Department, read_roster
from xltools.writing.department.prefill import prefilled, unused


def roster(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "名册.csv"
    path.write_text(text, encoding="utf-8")
    return path


def only(tmp_path: Path, text: str) -> Department:
    (found,) = read_roster(roster(tmp_path, text)).departments
    return found


def test_any_field_with_a_column_is_prefilled(tmp_path: Path) -> None:
    line = only(
        tmp_path,
        "部门编码,部门名称,联系人,年初预算（元）,核定编制数,单位负责人,“三公”经费预算合计(万元),收入总计,填报日期,自评报告所写总分,备注\n"
        "101,甲局,张三,12345678,42,李四,—,,2024-04-01,98,略\n",
    )
    given = {key.field: value for key, value in prefilled(form("guangdong-2023"), line).items()}
    assert given == {
        "部门编码": "101",
        "部门名称": "甲局",
        "填报人": "张三",
        "负责人": "李四",
        "年初预算数": 1234.57,
        "编制数": 42,
    }
    assert unused(form("guangdong-2023"), line.more) == ("填报日期", "自评报告所写总分", "备注")


@pytest.mark.parametrize("cell", ["约三十", "四十多人", "2024-01-01"])
def test_what_is_no_number_is_refused_before_anything_is_sent(cell: str, tmp_path: Path) -> None:
    line = only(tmp_path, f"部门编码,部门名称,编制数\n101,甲局,{cell}\n")
    with pytest.raises(UsageError, match=f"编制数“{cell}”"):
        prefilled(form("guangdong-2023"), line)


def test_a_label_that_stands_twice_names_no_field(tmp_path: Path) -> None:
    line = only(tmp_path, "部门编码,部门名称,公务接待费\n101,甲局,3\n")
    assert {k.field for k in prefilled(form("guangdong-2023"), line)} == {"部门编码", "部门名称"}
    assert unused(form("guangdong-2023"), line.more) == ("公务接待费",)


def test_a_roster_of_projects_makes_a_workbook_a_project(tmp_path: Path) -> None:
    path = roster(
        tmp_path,
        "序号,项目编码,项目名称,单位,单位编码,主管部门,联系人,全年预算数（万元）\n"
        "1,P001,桥梁维修,甲中心,101,甲局,张三,120\n2,P002,桥梁检测,甲中心,101,甲局,张三,80\n",
    )
    out = tmp_path / "下发"
    assert main(["template", "project-2023", "--roster", str(path), "-o", str(out)], standalone_mode=False) == 0
    assert sorted(p.name for p in out.iterdir()) == ["P001_桥梁维修.xlsx", "P002_桥梁检测.xlsx"]
    sent = load_bytes((out / "P002_桥梁检测.xlsx").read_bytes(), "甲", room())
    values = sent.values()
    assert (values["项目编码"], values["项目名称"], values["实施单位"], values["主管部门"]) == (
        "P002",
        "桥梁检测",
        "甲中心",
        "甲局",
    )
    assert values["年度资金总额全年预算数"] == 80 and values["填报人"] == "张三"
    assert set(sent.prefilled) == {"项目编码", "项目名称"} and sent.meta["code"] == "P002"
    lines = read_roster(path)
    assert lines.find("P001", "") is not None and lines.find("", "桥梁检测") is not None


def test_a_roster_of_departments_names_no_project(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = roster(tmp_path, "部门编码,部门名称,联系人\n101,甲局,张三\n")
    out = tmp_path / "下发"
    assert main(["template", "project-2023", "--roster", str(path), "-o", str(out)], standalone_mode=False) == 0
    sent = load_bytes((out / "101_甲局.xlsx").read_bytes(), "甲", room())
    values = sent.values()
    assert values["实施单位"] == "甲局" and "项目名称" not in values and "项目编码" not in values
    assert sent.prefilled == {} and sent.meta["code"] == ""
    assert "项目编码" in capsys.readouterr().err
    assert Key("项目名称") in sent.layout.inputs


def test_the_empty_roster_of_a_form_about_projects_lists_projects(tmp_path: Path) -> None:
    empty = tmp_path / "名册.xlsx"
    assert main(["template", "project-2023", "--roster-template", "-o", str(empty)], standalone_mode=False) == 0
    book = openpyxl.load_workbook(empty)
    titles = [str(cell.value).rstrip("*") for cell in book["名册"][3]]
    assert titles[:2] == ["项目编码", "项目名称"] and "实施单位" not in titles
    for column, text in enumerate(("P1", "某路养护", "交通局"), start=1):
        book["名册"].cell(4, column, text)
    book.save(empty)
    (line,) = read_roster(empty).departments
    given = {key.field: value for key, value in prefilled(form("project-2023"), line).items()}
    assert given == {"项目编码": "P1", "项目名称": "某路养护", "主管部门": "交通局"}
