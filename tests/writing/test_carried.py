"""Older workbooks into this year's: by name, by former name, closing into opening; what does not fit is named."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from msgspec.structs import replace
from openpyxl.utils import get_column_letter

from tests.support.damage import Package
from tests.support.forms import built, checked, clean, form, room
from xltools.cli import main
from xltools.form.address import Ref
from xltools.form.layout import Key
from xltools.form.model import Form, last_year_name
from xltools.form.sheets.cockpit import FIRST
from xltools.intake.open import load_bytes, open_book
from xltools.jobs.common import wording
from xltools.sampling.base import laid_over
from xltools.writing.department.carry_over import Carried, carry_over
from xltools.writing.department.inputs import cell_values
from xltools.writing.department.make import workbook
from xltools.writing.return_copy.book import return_copy

FORM = "guangdong-2023"


def carried(data: bytes, target: Form | None = None) -> Carried:
    submission = load_bytes(data, "旧.xlsx", room())
    return carry_over(submission, open_book(data)[0], target or form(FORM))


def last_year(**changes: object) -> bytes:
    return built(FORM, laid_over(form(FORM), clean(FORM), {"年度": 2022, "日期": "2023-03-20", **changes}))


def test_last_years_workbook_gives_who_not_how_much() -> None:
    result = carried(last_year())
    definition = form(FORM)
    starts = {f.name for f in definition.fields if f.type == "longtext"}
    expected = {f.name for f in definition.fields if f.carry or f.previous} | starts
    asked = {t.name for t in definition.tables if not t.is_fixed}
    opened = {f.name for f in definition.fields if f.previous}
    beside = {last_year_name(n): clean(FORM)[n] for n in definition.last_years if n in clean(FORM)}
    assert set(result.values) == expected & set(clean(FORM)) | opened | asked | set(beside)
    assert {n: v for n, v in result.values.items() if n in beside} == beside
    assert last_year_name("收入总计") in beside and last_year_name("存在问题") in beside
    assert last_year_name("部门职能") not in beside, "what is the same every year needs no rewriting"
    assert not {f.name for f in definition.fields if f.type in ("date", "score", "year")} & set(result.values)
    assert result.values["年初结转和结余"] == clean(FORM)["年末结转和结余"] == 60.0
    assert "收入总计" not in result.values and result.left == []


def test_last_years_indicators_are_asked_again_beside_what_was_said() -> None:
    rows = [
        {"指标名称": "收文处理率", "单位": "%", "方向": "≥", "年度目标值": 95, "实际完成值": 100, "分值": 5},
        {"指标名称": "改革", "方向": "定性", "完成档次": "部分达成", "达成比例": 70, "偏差原因": "跨年实施"},
    ]
    result = carried(last_year(产出指标=rows))
    assert result.values["产出指标"] == [
        {"指标名称": "收文处理率", "单位": "%", "方向": "≥", "上年目标": "≥95%", "上年完成": "100%"},
        {"指标名称": "改革", "方向": "定性", "上年目标": "定性", "上年完成": "部分达成70%"},
    ]
    definition = form(FORM)
    layout = room().layout(definition)
    for values, seen in ((result.values, True), (clean(FORM), False)):
        (sheet,) = [
            s for s in openpyxl.load_workbook(io.BytesIO(workbook(room(), definition, values))) if s.title == "绩效指标"
        ]
        column = layout.spans["产出指标", "上年目标"].column
        assert sheet.column_dimensions[get_column_letter(column)].hidden is not seen
        assert sheet.cell(layout.spans["产出指标", "上年目标"].first, column).protection.locked


def test_last_years_texts_are_open_until_they_are_changed() -> None:
    values = carried(last_year(存在问题="一是资金列支不科学。")).values
    data = workbook(room(), form(FORM), values)
    assert ("VA023", "自评说明") in {(f.code, f.sheet) for f in checked(data).findings}
    again = load_bytes(data, "新.xlsx", room())
    assert again.last_years_texts["存在问题"] == "一是资金列支不科学。"
    back = load_bytes(return_copy(room(), again, checked(data), wording(room(), "zh")), "退.xlsx", room())
    assert back.values() == again.values()
    assert carry_over(again, open_book(data)[0], form(FORM)).values == again.values()
    text = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet6.xml").decode()
    assert "EXACT(存在问题,上年_存在问题)" in text
    layout, filled = room().layout(form(FORM)), {**clean(FORM), "上年_存在问题": clean(FORM)["存在问题"]}
    found = room().model(layout)[0].evaluate(cell_values(layout, filled))
    assert found[layout.master] == "还有 0 项错误、1 项待核实、0 项未填", "the workbook says what the check says"


def test_the_first_page_compares_with_last_year_where_it_is_known() -> None:
    layout = room().layout(form(FORM))
    filled = {**clean(FORM), "上年_收入总计": 1000.0, "上年_支出率": 90.0}
    found = room().model(layout)[0].evaluate(cell_values(layout, filled))
    told = {k.field: found[Ref(r.sheet, r.row, FIRST)] for k, r in layout.cells.items() if r.sheet == "填表说明"}
    assert {name: words for name, words in told.items() if words} == {
        "上年_收入总计": "增加 250.00（25.0%）",
        "上年_支出率": "增加 6.75 个百分点",
    }
    row = layout.cells[Key("上年_收入总计")].row
    for values, hidden in ((filled, False), (clean(FORM), True)):
        data = io.BytesIO(workbook(room(), form(FORM), values))
        assert openpyxl.load_workbook(data)["填表说明"].row_dimensions[row].hidden is hidden


def test_reasons_longer_than_a_page_are_written() -> None:
    reasons = dict.fromkeys(form(FORM).explanations, "各项工作按计划推进，" * 50)
    assert load_bytes(built(FORM, {**clean(FORM), **reasons}), "长.xlsx", room()).values().items() >= reasons.items()


def test_the_same_years_workbook_gives_everything_dirty_text_included() -> None:
    values = laid_over(form(FORM), clean(FORM), {"执行数": "１，１９０．００万元", "存在问题": "=1+1"})
    result = carried(built(FORM, values))
    locked = {f.name for f in form(FORM).fields if f.locked}
    assert result.values == {k: v for k, v in values.items() if k not in locked and v is not None}
    assert result.left == []


def test_a_renamed_field_is_found_by_its_former_name() -> None:
    definition = form(FORM)
    fields = tuple(
        replace(f, name="单位负责人", aliases=("负责人",)) if f.name == "负责人" else f for f in definition.fields
    )
    result = carried(last_year(), replace(definition, fields=fields))
    assert result.values["单位负责人"] == clean(FORM)["负责人"]
    assert result.left == []


def test_a_former_name_is_found_where_the_old_definition_is_gone() -> None:
    package = Package(last_year()).everywhere('name="负责人"', 'name="旧负责人"', r"xl/workbook\.xml")
    definition = form(FORM)
    fields = tuple(replace(f, aliases=("旧负责人",)) if f.name == "负责人" else f for f in definition.fields)
    submission = load_bytes(package.data(), "旧.xlsx", room())
    submission.readings.pop(Key("负责人"), None)
    result = carry_over(submission, open_book(package.data())[0], replace(definition, fields=fields))
    assert result.values["负责人"] == clean(FORM)["负责人"]


def test_what_has_no_place_any_more_is_named() -> None:
    definition = form(FORM)
    fewer = replace(definition, fields=tuple(f for f in definition.fields if f.name != "调整数"))
    assert carried(built(FORM), fewer).left == [definition.field("调整数").label]
    assert carried(last_year(年末结转和结余="约六十")).left == [definition.field("年初结转和结余").label]


def test_the_command_makes_a_whole_roster(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = tmp_path / "上年"
    old.mkdir()
    (old / "甲.xlsx").write_bytes(last_year(部门编码="101001", 部门名称="甲局"))
    (old / "乙.xlsx").write_bytes(last_year(部门编码="101002", 部门名称="乙局", 年末结转和结余="约六十"))
    (old / "坏.xlsx").write_bytes(b"PK nothing")
    roster = tmp_path / "名册.csv"
    roster.write_text("部门编码,部门名称\n101001,甲局\n101002,乙局\n101003,丙局\n", encoding="utf-8")
    out = tmp_path / "新"
    code = main(
        ["template", FORM, "--previous", str(old), "--roster", str(roster), "-o", str(out)], standalone_mode=False
    )
    assert code == 0
    assert sorted(p.name for p in out.iterdir()) == ["101001_甲局.xlsx", "101002_乙局.xlsx", "101003_丙局.xlsx"]
    first = load_bytes((out / "101001_甲局.xlsx").read_bytes(), "甲", room()).values()
    assert first["年初结转和结余"] == 60.0 and first["年度"] == form(FORM).year and "收入总计" not in first
    said = capsys.readouterr().err
    assert "坏.xlsx" in said and "丙局" in said and form(FORM).field("年初结转和结余").label in said
