"""What staff type into the workbook: percent, dates and signs are taken as they are meant, or refused at once in words."""

from __future__ import annotations

import io
import re
from typing import Any

import openpyxl
import pytest

from tests.support.forms import FORM_IDS, built, checked, clean, form, room, wording
from xltools.form.address import Ref
from xltools.form.layout import Key
from xltools.form.model import Column, Form
from xltools.intake.open import load_bytes
from xltools.writing.department.inputs import capacities_for, cell_values
from xltools.writing.return_copy.book import return_copy

FORMER = "guangdong-2023@2023.2"


def _direction(definition: Form) -> tuple[str, Column]:
    table = next(t for t in definition.tables if t.scoring is not None)
    assert table.scoring is not None
    return table.name, table.column(table.scoring.direction)


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_no_choice_of_a_list_begins_a_formula(form_id: str) -> None:
    definition = form(form_id)
    items = [*definition.fields, *(c for t in definition.tables for c in t.columns)]
    assert [c for item in items for c in item.choices if c[0] in "=+-@"] == []


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_a_sign_and_its_word_are_one_choice(form_id: str) -> None:
    table, column = _direction(form(form_id))
    values = clean(form_id)
    row = next(i for i, r in enumerate(values[table]) if r.get(column.name) == "等于")
    ref = room().layout(form(form_id)).cells[Key(table, row, column.name)]
    book = openpyxl.load_workbook(io.BytesIO(built(form_id, values)))
    book[ref.sheet][ref.a1] = "="
    book[ref.sheet][ref.a1].data_type = "s"
    buffer = io.BytesIO()
    book.save(buffer)
    assert load_bytes(buffer.getvalue(), "a.xlsx", room()).values()[table][row][column.name] == "等于"
    assert not [f for f in checked(buffer.getvalue()).findings if f.cell == ref.a1]
    given = {table: [{**values[table][row], column.name: "="}]}
    assert cell_values(room().layout(form(form_id)), given)[Key(table, 0, column.name)] == "等于"


def test_a_former_editions_sign_becomes_the_word() -> None:
    former = room().form(FORMER)
    values = {k: v for k, v in clean(FORMER.partition("@")[0]).items() if k in {f.name for f in former.fields}}
    table, column = _direction(former)
    values[table] = [{"指标名称": "甲", "方向": "=", "年度目标值": 5, "实际完成值": 5}]
    from xltools.writing.department.make import workbook

    sent = load_bytes(workbook(room(), former, values), "旧.xlsx", room())
    assert sent.values()[table][0][column.name] == "="
    copy = return_copy(room(), sent, checked(workbook(room(), former, values)), wording())
    assert load_bytes(copy, "新.xlsx", room()).values()[table][0][column.name] == "等于"


@pytest.mark.parametrize("form_id", FORM_IDS)
@pytest.mark.parametrize(
    ("typed", "state"),
    [
        ("2024.3.5", "√"),
        ("2024年3月5日", "√"),
        ("2024-3-5", "√"),
        ("三月五日", "数据有误"),
        ("2024", "数据有误"),
        (45356, "√"),
    ],
)
def test_a_date_may_be_written(form_id: str, typed: Any, state: str) -> None:
    definition = form(form_id)
    item = next(f for f in definition.fields if f.type == "date")
    layout = room().layout(definition)
    model, _ = room().model(layout)
    at = layout.cells[Key(item.name)]
    values = model.evaluate({Key(item.name): typed})
    told = str(values[Ref(at.sheet, at.row, layout.sheet(at.sheet).sheet.columns.state)])
    assert told.partition("：")[0] == state
    if state == "√" and isinstance(typed, str):
        found = checked(built(form_id, clean(form_id) | {item.name: typed})).findings
        assert not [f for f in found if f.cell == at.a1 and f.level != "notice"]


@pytest.mark.parametrize(
    ("sign", "typed", "taken"),
    [
        ("≥", "≥90%", False),
        ("", "≥90%", False),
        ("定性", "＞=90", False),
        ("≥", "约九十", False),
        ("定性", "全力推动改革", True),
        ("≥", 90, True),
        ("", 0.9, True),
    ],
)
def test_a_sign_in_the_target_is_refused_at_once(sign: str, typed: Any, taken: bool) -> None:
    definition = form("guangdong-2023")
    table, column = _direction(definition)
    scoring = definition.table(table).scoring
    assert scoring is not None
    layout = room().layout(definition)
    target = layout.cells[Key(table, 0, scoring.target)]
    sheet = openpyxl.load_workbook(io.BytesIO(built(definition.id)))[target.sheet]
    (check,) = [v for v in sheet.data_validations.dataValidation if target.a1 in v.sqref]
    assert check.type == "custom" and check.errorStyle in (None, "stop") and "95% 填 95" in check.error
    formula = re.sub(r"(?<![A-Z(])\$?([A-Z])(\d+)\b", rf"{target.sheet}!\1\2", check.formula1.replace("(", "( "))
    model, _ = room().model(layout)
    inputs = {Key(table, 0, column.name): sign, Key(table, 0, scoring.target): typed}
    assert model.expression("=" + formula.removeprefix("="), inputs) is taken


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_a_cells_own_format_hides_no_percent_that_was_typed(form_id: str) -> None:
    """Excel turns a cell without a format into percent where a % is typed, and leaves any other format as it is."""
    definition = form(form_id)
    layout = room().layout(definition, capacities_for(definition, clean(form_id)))
    book = openpyxl.load_workbook(io.BytesIO(built(form_id)))
    looked_at = 0
    for key, slot in layout.inputs.items():
        measured = definition.indicators_in(key.field)
        rate = slot.item is not None and slot.item.type == "percent" and slot.role == "input"
        if rate or (measured is not None and key.column in (measured.target, measured.actual)):
            ref = layout.cells[key]
            assert book[ref.sheet][ref.a1].number_format == "General"
            rules = [r for area in book[ref.sheet].conditional_formatting if ref.a1 in area.sqref for r in area.rules]
            looks = [r.dxf.numFmt.formatCode for r in rules if r.dxf is not None and r.dxf.numFmt is not None]
            assert ("0.00" if rate else 'General"%"') in looks
            looked_at += 1
    assert looked_at > 20


@pytest.mark.parametrize(
    ("typed", "code"),
    [(95.53, "General"), (0.9553, "0.00%"), ("95.53%", "General"), ("95.53 %", "General"), (0.9553, "General")],
)
def test_however_a_rate_is_typed_it_is_the_same_rate_or_asked_about(typed: Any, code: str) -> None:
    name = "guangdong-2023"
    values = clean(name) | {
        "年初预算数": 10000.0,
        "调整数": 0.0,
        "全年预算数": 10000.0,
        "支出率": None,
        "财政核定全年预算数": None,
    }
    values |= {"执行数": 9553.0}
    definition = form(name)
    assert definition.rate_field is not None
    ref = room().layout(definition).cells[Key(definition.rate_field)]
    book = openpyxl.load_workbook(io.BytesIO(built(name, values)))
    cell = book[ref.sheet][ref.a1]
    cell.value, cell.number_format = typed, code
    buffer = io.BytesIO()
    book.save(buffer)
    reading = load_bytes(buffer.getvalue(), "a.xlsx", room()).readings[Key(definition.rate_field)]
    asked = [f.expected for f in checked(buffer.getvalue()).findings if f.code == "VA015" and f.cell == ref.a1]
    assert reading.value == 95.53 or asked == [95.53]
