"""A bureau's own copy of a form: one thing edited in the data, and template, check and messages follow."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.support.forms import by_itself, clean, form, wording
from xltools.errors import UsageError
from xltools.findings.report import Checked
from xltools.form.address import Ref
from xltools.form.editions import EDITIONS
from xltools.form.layout import Key
from xltools.form.model import Form
from xltools.intake.open import load_bytes
from xltools.jobs.common import workspace
from xltools.jobs.forms import copy
from xltools.recalc.workspace import TEMPLATE, Workspace
from xltools.review.one_workbook import check_submission
from xltools.writing.department.make import workbook

FORM, PROJECT = "guangdong-2023", "project-2023"


def edited(folder: Path, file: str, old: str, new: str, form_id: str = FORM) -> tuple[Workspace, Form]:
    """Copy the form as a bureau would, change one text in one file, and open it with --forms."""
    target = copy(form_id, folder, None)
    path = target / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) >= 1, f"{file} no longer holds {old!r}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    shop = workspace(folder)
    return shop, shop.form(form_id)


def result(shop: Workspace, definition: Form, values: dict[str, Any]) -> Checked:
    """Fill, check."""
    return by_itself(check_submission(load_bytes(workbook(shop, definition, values), "一份.xlsx", shop), shop))


def texts(shop: Workspace, definition: Form) -> dict[Ref, Any]:
    """Return the fixed texts of the template."""
    return {ref: slot.text for ref, slot in shop.layout(definition).by_cell.items() if slot.text is not None}


def test_a_copy_holds_all_that_the_form_needs(tmp_path: Path) -> None:
    target = copy(FORM, tmp_path, None)
    shipped = {p.name for p in form(FORM).folder.iterdir() if p.is_file()}
    assert {p.name for p in target.iterdir()} | {TEMPLATE} == shipped | {TEMPLATE, EDITIONS}
    assert workspace(tmp_path).form(FORM).digest == form(FORM).digest
    with pytest.raises(UsageError, match="已经存在"):
        copy(FORM, tmp_path, None)


def test_a_template_that_is_not_current_is_not_copied(tmp_path: Path) -> None:
    shop, definition = edited(tmp_path / "一", "rules.toml", "核对四个分项。", "逐一核对四个分项。")
    (definition.folder / TEMPLATE).write_bytes((form(FORM).folder / TEMPLATE).read_bytes())
    again = copy(FORM, tmp_path / "二", tmp_path / "一")
    assert not (again / TEMPLATE).exists()
    assert (again / "rules.toml").is_file()
    assert shop.form_ids == workspace(None).form_ids


def test_an_edited_weight(tmp_path: Path) -> None:
    target = copy(FORM, tmp_path, None)
    path = target / "tables.toml"
    text = path.read_text(encoding="utf-8")
    text = text.replace(
        '"三级指标" = "部门预算资金支出率"\n"评分方式" = "计算"\n"分值" = 10',
        '"三级指标" = "部门预算资金支出率"\n"评分方式" = "计算"\n"分值" = 8',
    )
    text = text.replace(
        '"三级指标" = "绩效管理制度建设"\n"评分方式" = "判定"\n"分值" = 5',
        '"三级指标" = "绩效管理制度建设"\n"评分方式" = "判定"\n"分值" = 7',
    )
    path.write_text(text, encoding="utf-8")
    (target / TEMPLATE).write_bytes((form(FORM).folder / TEMPLATE).read_bytes())
    shop = workspace(tmp_path)
    definition = shop.form(FORM)
    values = clean(FORM)
    before = result(workspace(None), form(FORM), values)
    after = result(shop, definition, values)
    assert before.score is not None
    # 执行数 ÷ 全年预算数 = 1190 ÷ 1230: 9.67 of 10, 7.74 of 8; and 制度建设 now loses 2 of 7, with no reason given
    assert after.score == pytest.approx(before.score - 9.67 + 7.74)
    assert "SC102" in {f.code for f in after.findings if f.is_open}
    assert [wording(shop=shop).message(f) for f in after.findings if f.code == "SC102"] == [
        "“绩效管理制度建设”扣分原因：得 5.00 分，低于分值 7.00 分，没有写扣分原因。在“扣分原因”中写明为何扣分。"
    ]


def test_a_bureaus_own_weights_of_the_groups(tmp_path: Path) -> None:
    """Output 40 and benefit 40 instead of 50 and 30 are two edits of data: rules, scores and total follow."""
    path = copy(PROJECT, tmp_path, None) / "tables.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"分值" = 50', '"分值" = 40').replace('"分值" = 30', '"分值" = 40'), encoding="utf-8")
    shop = workspace(tmp_path)
    definition, values = shop.form(PROJECT), clean(PROJECT)
    assert {f.code for f in result(shop, definition, values).findings if f.level == "error"} == {"KP311", "KP312"}
    for row, weight in zip(values["绩效指标"], (12, 12, 8, 8, 27, 13, 10), strict=True):
        row["分值"] = weight
    mended = result(shop, definition, values)
    assert [f.code for f in mended.findings if f.is_open and f.level == "error"] == []
    assert mended.score is not None and 90 <= mended.score <= 100


def test_weights_that_no_longer_add_up_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Exception, match=r"tables\.toml.*合计 101，应为 100"):
        edited(tmp_path, "tables.toml", '"评分方式" = "计算"\n"分值" = 10', '"评分方式" = "计算"\n"分值" = 11')


def test_an_edited_band(tmp_path: Path) -> None:
    values = clean(FORM)
    shop, definition = edited(tmp_path, "form.toml", "low = 90", "low = 98")
    assert (result(workspace(None), form(FORM), values).grade, result(shop, definition, values).grade) == ("优", "良")


def test_an_edited_label(tmp_path: Path) -> None:
    shop, definition = edited(
        tmp_path,
        "fields.toml",
        'name = "项目支出"\nsection',
        'name = "项目支出"\nlabel = "项目支出（含基建）"\nsection',
    )
    assert "项目支出（含基建） *" in texts(shop, definition).values()
    assert "项目支出（含基建） *" not in texts(workspace(None), form(FORM)).values()
    found = result(shop, definition, clean(FORM) | {"项目支出": None})
    assert "项目支出（含基建）没有填写。请补填；没有发生的填 0。" in [
        wording(shop=shop).message(f) for f in found.findings
    ]


def test_an_edited_rule(tmp_path: Path) -> None:
    shop, definition = edited(tmp_path, "rules.toml", 'op = ">="\nright = "90"\nsays', 'op = ">="\nright = "98"\nsays')
    line = shop.layout(definition).check_rows["EX106"]
    found = result(shop, definition, clean(FORM))
    assert [(f.code, f.level) for f in found.findings if f.is_open and f.level != "notice"] == [("EX106", "confirm")]
    assert "支出率 96.75%，低于 98.00%" in next(
        wording(shop=shop).message(f) for f in found.findings if f.code == "EX106"
    )
    model, _ = shop.model(shop.layout(definition))
    sent = load_bytes(workbook(shop, definition, clean(FORM)), "一份.xlsx", shop)
    assert model.expression(f"=校验!$H${line}", sent.engine_inputs()) == "待核实"
    assert result(workspace(None), form(FORM), clean(FORM)).status == "passed"


def test_a_new_row_of_the_grid(tmp_path: Path) -> None:
    """A bureau that wants one more source of funds adds its fields; the line, its state and the sum follow."""
    cells = "".join(
        f'[[field]]\nname = "债券资金{c}"\nsection = "资金"\nrow = "债券资金"\ncolumn = "{c}"\ntype = "amount"\nindent = 1\n'
        for c in ("年初预算数", "全年预算数", "全年执行数")
    )
    shop, definition = edited(
        tmp_path,
        "fields.toml",
        '\n[[section]]\nname = "得分汇总"',
        f'\n{cells}\n[[section]]\nname = "得分汇总"',
        "project-2023",
    )
    layout = shop.layout(definition)
    assert layout.cells[Key("债券资金年初预算数")] == Ref("资金执行", 10, 2)
    assert layout.by_cell[Ref("资金执行", 10, 1)].text == "债券资金"
    values = clean("project-2023") | {"债券资金年初预算数": "见附表"}
    assert ("VA002", "B10") in [(f.code, f.cell) for f in result(shop, definition, values).findings]
