"""forms check says in a coordinator's words whether a form is sound: from a folder, an id or 定义.xlsx."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest

from tests.support.definition_books import At, opened, put, saved, spot
from tests.support.forms import FORM_IDS
from xltools.cli import main
from xltools.form import form_folders

FORM = "project-2023"
SCORES = At("公式", "字段的公式", "公式", "自评总分")


def run(*arguments: str | Path) -> int:
    """Run a command in this process."""
    return int(main([str(a) for a in arguments], standalone_mode=False))


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_every_shipped_form_is_sound(form_id: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("forms", "check", form_id) == 0
    out = capsys.readouterr().out
    assert "×" not in out and out.count("√") >= 6
    assert "这套定义可以使用" in out


UNSOUND: dict[str, tuple[At, object, str]] = {
    "an error in the blank workbook": (At("公式", "字段的公式", "公式", "自评总分"), "=1/0", "#DIV"),
    "a clean filling that is none": (At("样例", "样例的值", "值", "年度资金总额年初预算数"), 400, "BA301"),
    "a clean filling of something else": (At("样例", "样例的值", "名称", "电话"), "电话号码", "不认识的键"),
    "a case that gives another state": (At("规则用例", "规则用例", "应得的状态", "BA302"), "通过", "实得“错误”"),
    "a case that no cell holds": (
        At("规则用例", "规则用例", "改动的值", "KP301"),
        '绩效指标 = [{"方 向": 1}]',
        "方 向",
    ),
}


@pytest.mark.parametrize("name", UNSOUND)
def test_what_is_not_sound_is_told_at_its_cell(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    at, value, says = UNSOUND[name]
    book = opened(FORM)
    sheet, row, column = put(book, at, value)
    path = saved(book, tmp_path / "定义.xlsx")
    assert run("forms", "check", path, "-o", tmp_path / "副本.xlsx") == 1
    cell = f"{sheet}!{book[sheet].cell(row, column).coordinate}"
    lines = capsys.readouterr().out.splitlines()
    place = cell if "something else" not in name else sheet
    assert any(place in line and says in line for line in lines), lines
    assert openpyxl.load_workbook(tmp_path / "副本.xlsx").sheetnames[0] == "问题"


def test_a_rule_that_is_never_seen_to_fire(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = opened(FORM)
    sheet, row, column = spot(book, At("规则用例", "规则用例", "应得的状态", "BA303"))
    assert book[sheet].cell(row, column).value == "错误"
    for c in range(1, 5):
        book[sheet].cell(row, c).value = None
    assert run("forms", "check", saved(book, tmp_path / "定义.xlsx")) == 1
    assert "规则 BA303 没有会报的用例" in capsys.readouterr().out


def test_a_folder_with_broken_laws(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "本局的表"
    shutil.copytree(form_folders()[FORM], folder)
    assert run("forms", "check", folder) == 0
    text = (folder / "tables.toml").read_text(encoding="utf-8")
    (folder / "tables.toml").write_text(text.replace('"分值" = 50', '"分值" = 40'), encoding="utf-8")
    assert run("forms", "check", folder) == 1
    assert "各行分值合计 90，应为 100" in capsys.readouterr().out


@pytest.mark.parametrize("what", ["没有这个", "project-2032", ""])
def test_nothing_to_look_at(what: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("forms", "check", *([what] if what else [])) == 2
    assert capsys.readouterr().err.startswith("xltools：")
