"""The published report of a real office: every figure is recognised, its two contradictions found, nothing else said."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.forms import said
from tests.support.narratives import reviewed, understood
from xltools.form import samples_folder
from xltools.intake.narrative.values import narrative_data

NAME = "自评报告-番禺区委办-2023.txt"
FIGURES = {
    "内设科室数": 10,
    "独立编制机构数": 1,
    "在职人数": 39,
    "离退休人数": 13,
    "养老保险基金发放人数": 13,
    "收入总计": 2180.24,
    "财政拨款收入": 2180.24,
    "其他收入": 0,
    "支出总计": 2180.24,
    "基本支出": 1900.21,
    "项目支出": 280.03,
    "全年预算数": 2282.21,
    "执行数": 2180.24,
    "支出率": 95.53,
    "采购总额": 57.05,
    "中小企业采购份额": 100,
    "年度": 2023,
    "部门名称": "中国共产党广州市番禺区委员会办公室",
}
ROWS = {
    "产出指标": [
        ("收文处理率", 95, 100),
        ("信息工作完成质量", 100, 100),
        ("领导批示件、区委常委会议定事项落实情况", 90, 100),
    ],
    "效益指标": [("信息报采用率", 45, 45.98), ("推动改革工作", None, None)],
}


def report() -> bytes:
    """The report's bytes."""
    return (samples_folder() / "narratives" / NAME).read_bytes()


def test_every_figure_is_recognised_with_its_field() -> None:
    narrative = understood(report(), NAME)
    data = narrative_data(narrative)
    assert {name: data["values"].get(name) for name in FIGURES} == FIGURES
    for table, rows in ROWS.items():
        found = [(r["指标名称"], r.get("年度目标值"), r.get("实际完成值")) for r in data["values"][table]]
        assert found == rows
    cells = {c["field"]: c for c in data["cells"]}
    assert (cells["自评总分"]["value"], cells["自评等级"]["value"]) == (97.8, "优")
    assert "完成预算的95.53%" in cells["支出率"]["sentence"]
    assert "编制数" in data["not_found"] and "编制数" not in data["values"]


def test_its_contradictions_are_found_and_nothing_else(tmp_path: Path) -> None:
    found = reviewed(tmp_path, {NAME: report()})
    loud = [(f.code, f.level, f.place.zh) for f in found if f.level != "notice"]
    assert loud == [("NA006", "confirm", "二、（二）2、第 1 段"), ("NA014", "confirm", "二、（二）2、第 1 段")]
    first, second = (said(f) for f in found if f.level != "notice")
    assert "538" in first and "1546" in first
    assert "45.98" in second and "40.88" in second
    assert not any("3671" in said(f) or "487" in said(f) for f in found)


def test_half_width_punctuation_says_the_same(tmp_path: Path) -> None:
    narrow = report().decode("utf-8").translate(str.maketrans("，：；（）", ",:;()"))
    found = reviewed(tmp_path, {NAME: narrow.encode()})
    assert [f.code for f in found if f.level != "notice"] == ["NA006", "NA014"]
    back, want = (narrative_data(understood(data))["values"] for data in (narrow.encode(), report()))
    assert {k: v for k, v in back.items() if isinstance(v, int | float)} == {
        k: v for k, v in want.items() if isinstance(v, int | float)
    }


def test_it_agrees_with_the_sample_workbook_of_the_same_office(tmp_path: Path) -> None:
    books = sorted((samples_folder() / "报送件").glob("101001_*.xlsx"))
    assert books
    found = reviewed(tmp_path, {"表.xlsx": books[0].read_bytes(), NAME: report()})
    assert {f.code for f in found if f.level != "notice"} == {"NA006", "NA014"}
    assert "NA017" not in {f.code for f in found}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_any_encoding_gives_the_same(encoding: str) -> None:
    text = report().decode("utf-8")
    assert narrative_data(understood(text.encode(encoding)))["values"] == narrative_data(understood(report()))["values"]


def test_read_gives_every_figure_with_its_scope() -> None:
    data = narrative_data(understood(report(), NAME))
    assert data["text"]["kind"] == "department" and data["text"]["year"] == 2023
    told = {(f["raw"], f["is"], tuple(f["fields"])) for f in data["figures"]}
    assert ("2282.21万元", "amount", ("全年预算数",)) in told
    assert ("95.53%", "completion", ("支出率",)) in told
    assert ("79条", "amount", ()) in told
    assert all(f["place"] and f["sentence"] for f in data["figures"])
