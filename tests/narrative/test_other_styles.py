"""Narratives in the styles of other provinces (made up for these tests): no false alarm, nothing guessed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.forms import clean, said
from tests.support.narratives import FORM, pair, reviewed, understood
from xltools.intake.narrative.values import narrative_data

STYLES = sorted((Path(__file__).parent / "styles").glob("*.txt"))


@pytest.mark.parametrize("path", STYLES, ids=[p.stem for p in STYLES])
def test_alone_nothing_is_said_but_that_there_is_no_workbook(tmp_path: Path, path: Path) -> None:
    found = reviewed(tmp_path, {path.name: path.read_bytes()})
    assert [(f.code, f.level) for f in found] == [("NA017", "notice")], [said(f) for f in found]


@pytest.mark.parametrize("path", STYLES, ids=[p.stem for p in STYLES])
def test_beside_another_departments_workbook_it_is_not_paired(tmp_path: Path, path: Path) -> None:
    book, _, _ = pair(clean(FORM))
    found = reviewed(tmp_path, {"a.xlsx": book, path.name: path.read_bytes()})
    assert sorted(f.code for f in found) == ["NA016", "NA017"], [said(f) for f in found]


def test_what_is_understood_of_another_style() -> None:
    data = narrative_data(understood((Path(__file__).parent / "styles" / "hunan.txt").read_bytes()))
    values = data["values"]
    assert values["部门名称"] == "桃源县交通运输局"
    assert (values["年初预算数"], values["基本支出"], values["内设科室数"]) == (1063.68, 963.05, 8)
    assert "编制数" not in values  # told behind 所属事业单位: whose it is is not sure
    assert "支出率" not in values  # 76 % is that of the three public expenses
    assert "项目支出" not in values  # told as 430, 300 and 130: which is the department's is not guessed
    clashing = {c["field"] for c in data["cells"] if c["problem"] == "said_differently"}
    assert "项目支出" in clashing
    assert values["在职人数"] == 112  # not the 58 of one of its institutions


def test_its_own_workbook_is_not_contradicted_by_what_parts_of_it_spend(tmp_path: Path) -> None:
    values = clean(FORM) | {
        "部门名称": "桃源县交通运输局",
        "基本支出": 963.05,
        "人员经费": 763.05,
        "公用经费": 200.0,
        "项目支出": 430.0,
        "本年支出合计": 1393.05,
        "支出总计": 1453.05,
        "收入总计": 1453.05,
        "本年收入合计": 1403.05,
        "年初预算数": 1063.68,
        "调整数": 329.37,
        "全年预算数": 1393.05,
        "执行数": 1393.05,
        "支出率": 100.0,
        "编制数": 120,
        "在职人数": 112,
        "离退休人数": 65,
        "三公经费预算数": 20.0,
        "三公经费决算数": 15.2,
    }
    book, _, _ = pair(values)
    path = Path(__file__).parent / "styles" / "hunan.txt"
    found = reviewed(tmp_path, {"a.xlsx": book, path.name: path.read_bytes()})
    assert [said(f) for f in found if f.level != "notice"] == []
