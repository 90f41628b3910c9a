"""Older workbooks into this year's: by name, by former name, closing into opening; what does not fit is named."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.support.damage import Package
from tests.support.forms import built, clean, form, room
from xltools.cli import main
from xltools.form.layout import Key
from xltools.form.model import Form
from xltools.intake.open import load_bytes, open_book
from xltools.sampling.base import laid_over
from xltools.writing.department.carry_over import Carried, carry_over

FORM = "guangdong-2023"


def carried(data: bytes, target: Form | None = None) -> Carried:
    submission = load_bytes(data, "旧.xlsx", room())
    return carry_over(submission, open_book(data)[0], target or form(FORM))


def last_year(**changes: object) -> bytes:
    return built(FORM, laid_over(form(FORM), clean(FORM), {"年度": 2022, "日期": "2023-03-20", **changes}))


def test_last_years_workbook_gives_who_not_how_much() -> None:
    result = carried(last_year())
    definition = form(FORM)
    expected = {f.name for f in definition.fields if f.carry} | {f.name for f in definition.fields if f.previous}
    assert set(result.values) == expected & set(clean(FORM)) | {f.name for f in definition.fields if f.previous}
    assert result.values["年初结转和结余"] == clean(FORM)["年末结转和结余"] == 60.0
    assert "收入总计" not in result.values and result.left == []


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
