"""forms diff says what changed between two definitions, and nothing that did not."""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec
import openpyxl
import pytest
from msgspec.structs import replace

from tests.support.definition_books import At, opened, put, saved, spot
from tests.support.forms import FORM_IDS, built, form
from xltools.cli import main
from xltools.editing.differences import changes
from xltools.editing.told import told
from xltools.form import form_folders
from xltools.form.loader import load_form
from xltools.form.sheets.changed import HEADING
from xltools.intake.open import load_bytes
from xltools.jobs.common import workspace

FORM = "dazhou-2023"
HERE = form(FORM).version
"""The newest edition."""
EDITS = {
    "tables.toml": [
        ('"三级指标" = "相关性"', '"三级指标" = "相关程度"'),
        ('"分值" = 20', '"分值" = 25'),
        ("total = 100", "total = 105"),
    ],
    "rules.toml": [('level = "error"', 'level = "confirm"')],
    "fields.toml": [
        ('name = "改进措施"', 'name = "改进打算"\naliases = ["改进措施"]'),
    ],
    "form.toml": [('deadline = "', 'deadline = "新的截止日期，'), (f'version = "{HERE}"', 'version = "2024.1"')],
}


def run(*arguments: str | Path) -> int:
    """Run a command in this process."""
    return int(main([str(a) for a in arguments], standalone_mode=False))


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    folder = tmp_path / "new" / FORM
    shutil.copytree(form_folders()[FORM], folder)
    for name, edits in EDITS.items():
        text = (folder / name).read_text(encoding="utf-8")
        for before, now in edits:
            assert before in text, (name, before)
            text = text.replace(before, now, 1)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_each_sort_of_change_is_told(newer: Path) -> None:
    found = {(c.sort, c.what.zh, c.name): (c.key, c.old, c.new) for c in changes(form(FORM), load_form(newer))}
    assert found["renamed", "指标", "相关程度"] == ("", "相关性", "相关程度")
    assert found["renamed", "字段", "改进打算"] == ("", "改进措施", "改进打算")
    assert found["weight", "指标", "部门特性指标"] == ("分值", "20", "25")
    assert found["weight", "表格", "评分"] == ("分值合计", "100", "105")
    levels = [value for (sort, _, _), value in found.items() if sort == "level"]
    assert levels == [("级别", "错误", "核实")]
    words = [key for key in found if key[0] == "words"]
    assert [key[1] for key in words] == ["表单"]
    assert not [key for key in found if key[0] in ("added", "removed")]


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_a_form_does_not_differ_from_itself(form_id: str) -> None:
    assert changes(form(form_id), form(form_id)) == []


def test_what_one_adds_the_other_way_round_removes() -> None:
    there = changes(form("project-2023"), form(FORM))
    back = changes(form(FORM), form("project-2023"))
    for one, other in (("added", "removed"), ("removed", "added")):
        assert {(c.what, c.name) for c in there if c.sort == one} == {(c.what, c.name) for c in back if c.sort == other}


def test_no_key_of_a_field_or_a_rule_changes_unseen() -> None:
    old = form(FORM)
    unseen = []
    for part, key_name in (("fields", "name"), ("rules", "code")):
        items = getattr(old, part)
        for key in msgspec.structs.fields(type(items[0])):
            if key.name in (key_name, "since", "aliases"):
                continue
            before = getattr(items[0], key.name)
            after = "改过" if isinstance(before, str) or before is None else 7 if isinstance(before, int) else ("改过",)
            changed = replace(items[0], **{key.name: after})
            if not changes(old, replace(old, **{part: (changed, *items[1:])})):
                unseen.append(key.name)
    assert unseen == []


def test_as_text_and_as_a_workbook(newer: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("forms", "diff", FORM, newer) == 0
    out = capsys.readouterr().out
    assert out.startswith(f"{FORM} {HERE} → {FORM} 2024.1\n")
    assert "分值：2 处" in out and "20 → 25" in out
    target = tmp_path / "变动.xlsx"
    assert run("forms", "diff", FORM, newer, "-o", target) == 0
    sheet = openpyxl.load_workbook(target).active
    rows = [tuple(cell.value for cell in row) for row in sheet.iter_rows(min_row=3)]
    assert ("分值", "指标", "部门特性指标", "分值", "20", "25") in rows


def test_against_a_workbook_and_an_edition(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = opened("project-2023")
    put(book, At("字段", "字段", "填写说明", "项目名称"), "按项目库填写")
    path = saved(book, tmp_path / "定义.xlsx")
    assert run("forms", "diff", "project-2023@2023.1", path) == 0
    assert "与项目库一致的全称 → 按项目库填写" in capsys.readouterr().out
    sheet, row, column = spot(book, At("字段", "字段", "类型", "项目名称"))
    book[sheet].cell(row, column).value = "文"
    assert run("forms", "diff", "project-2023", saved(book, path)) == 2
    assert "1 处问题" in capsys.readouterr().err


@pytest.mark.parametrize("names", [("没有", FORM), (FORM, f"{FORM}@1999"), (FORM,), ()])
def test_what_is_not_there(names: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert run("forms", "diff", *names) == 2
    assert capsys.readouterr().err.startswith("xltools：")


def test_a_department_reads_on_the_first_page_what_is_new(newer: Path, tmp_path: Path) -> None:
    last = tmp_path / "上年"
    last.mkdir()
    (last / "甲.xlsx").write_bytes(built(FORM))
    own, shipped = newer.parent, form_folders()[FORM]
    former = [path for path in shipped.iterdir() if path.is_file()]
    (newer / "editions" / HERE).mkdir()
    for path in former:
        shutil.copyfile(path, newer / "editions" / HERE / path.name)
    assert run("template", FORM, "--forms", own, "--previous", last, "-o", tmp_path / "新") == 0
    made = next((tmp_path / "新").iterdir())
    page = openpyxl.load_workbook(made).worksheets[0]
    column = [page.cell(row, 1).value for row in range(1, page.max_row + 1)]
    first = column.index(HEADING) + 2
    lines = [page.cell(row, 2).value for row in range(first, page.max_row + 1)]
    assert column[first - 1 :] == list(range(1, len(lines) + 1))
    assert "指标改名：“相关性”改为“相关程度”" in lines
    assert "分值改动：“部门特性指标”由20改为25" in lines
    assert not [line for line in lines if "改进措施" in line], (
        "only the name that formulas use changed: its label did not"
    )
    assert [line for line in lines if line.startswith("级别改动的审核公式：")]
    here = workspace(own)
    assert load_bytes(made.read_bytes(), "甲.xlsx", here).structure.outside == []


def test_nothing_new_is_nothing_said() -> None:
    assert told(form(FORM), form(FORM)) == []
    many = replace(form(FORM), bands=tuple(replace(b, low=b.low + 1) for b in form(FORM).bands[:-1]))
    assert told(form(FORM), many) == ["等级下限改动：“优”由90改为91、“良”由80改为81、“中”由60改为61", "取消等级：“差”"]
