"""Two figures show another unit only where one is exactly the other's in it; growth and small change show none."""

from __future__ import annotations

import copy
import io

import openpyxl
import pytest

from tests.support.forms import built, checked, clean, form, room, said, wording
from xltools.findings.finding import Finding
from xltools.form.layout import Key
from xltools.intake.open import load_bytes
from xltools.rules.slipped_units import HUNDRED_MILLION, THOUSANDS, YUAN, Slip, slip_between, slip_of_all
from xltools.writing.return_copy.book import return_copy


@pytest.mark.parametrize(
    ("value", "right", "slip"),
    [
        (27_680_000, 2768, YUAN),
        (27_680, 2768, THOUSANDS),
        (0.28, 2768, HUNDRED_MILLION),
        (2768, 2768, None),
        (2_768, 2_500, None),
        (21_000, 2768, None),
        (0.02, 0.03, None),
        (0, 2768, None),
        (-27_680, 2768, None),
    ],
)
def test_one_figure(value: float, right: float, slip: Slip | None) -> None:
    assert slip_between(value, right) == slip


@pytest.mark.parametrize(
    ("ratios", "slip"),
    [
        ((10_000, 9_500, 12_000), YUAN),
        ((9.6, 10.4, 11), THOUSANDS),
        ((0.0001, 0.00009, 0.00012), HUNDRED_MILLION),
        ((1.1, 0.9, 10), None),
        ((3, 3, 3), None),
        ((10, 10), None),
    ],
)
def test_all_totals(ratios: tuple[float, ...], slip: Slip | None) -> None:
    assert slip_of_all([(ratio * 100, 100) for ratio in ratios]) == slip


@pytest.mark.parametrize("factor", [10_000, 10, 0.0001])
def test_what_the_bureau_locked_is_never_suspected(factor: float) -> None:
    definition = form("guangdong-2023")
    locked = {f.name for f in definition.fields if f.locked}
    values = copy.deepcopy(clean(definition.id))
    for item in definition.fields:
        if item.type == "amount" and isinstance(values.get(item.name), int | float) and item.name not in locked:
            values[item.name] = round(values[item.name] * factor, 4)
    named = [f.field.zh for f in checked(built(definition.id, values)).findings if f.code == "VA014"]
    assert named and not locked & set(named)


@pytest.mark.parametrize(("changes", "told"), [({}, True), ({"编制数": 9_000}, False), ({"人员经费": None}, False)])
def test_a_workbook_in_thousands_shows_by_what_a_head_is_paid(changes: dict[str, float | None], told: bool) -> None:
    """Nobody approved a figure, so every rule holds; a headcount that slipped alone accuses no unit."""
    definition = form("guangdong-2023")
    values = clean(definition.id)
    for item in definition.fields:
        if item.type == "amount" and item.is_input and isinstance(values.get(item.name), int | float):
            values[item.name] = None if item.locked else round(values[item.name] * 10, 4)
    found = [f for f in checked(built(definition.id, values | changes)).findings if f.code == "VA014"]
    assert [(f.field.zh, "千元" in said(f)) for f in found] == ([("人员经费", True)] if told else [])


def _in_yuan(section: str, but: str = "") -> tuple[list[str], list[Finding], bytes]:
    """Return the amounts of a section that were given, the findings where all but one of them are in yuan, the workbook."""
    definition = form("guangdong-2023")
    values = copy.deepcopy(clean(definition.id))
    names = [f.name for f in definition.fields if f.section == section and f.type == "amount" and values.get(f.name)]
    for name in (n for n in names if n != but):
        values[name] = round(values[name] * 10_000)
    data = built(definition.id, values)
    return names, [f for f in checked(data).findings if f.code == "VA014"], data


def _blocked(findings: list[Finding]) -> list[str]:
    (block,) = findings
    return sorted([block.cell, *(r.cell for r in block.related)], key=lambda cell: int(cell[1:]))


@pytest.mark.parametrize("section", ["收入", "支出"])
def test_a_block_in_yuan_is_one_finding_with_all_its_cells(section: str) -> None:
    names, findings, _ = _in_yuan(section)
    layout = room().layout(form("guangdong-2023"), {})
    assert _blocked(findings) == [layout.cells[Key(n)].a1 for n in names]
    assert f"这样填的共 {len(names)} 项" in said(findings[0], reader="department")


def test_a_figure_of_the_block_that_stands_in_the_forms_unit_is_not_in_it() -> None:
    names, findings, _ = _in_yuan("收入", but="年初结转和结余")
    layout = room().layout(form("guangdong-2023"), {})
    assert _blocked(findings) == [layout.cells[Key(n)].a1 for n in names if n != "年初结转和结余"]


def test_every_cell_of_a_block_is_marked_in_the_return_copy() -> None:
    _, findings, data = _in_yuan("收入")
    copy_ = return_copy(room(), load_bytes(data, "一份.xlsx", room()), checked(data), wording())
    page = openpyxl.load_workbook(io.BytesIO(copy_))["收支情况"]
    for cell in _blocked(findings):
        assert page[cell].comment is not None and "VA014" in page[cell].comment.text
        assert any(cell in area.cells for area in page.conditional_formatting)
