"""Values that Excel shows otherwise than it keeps them: dates in number cells, percent in a row's own unit, circles."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest

from tests.support.damage import Package
from tests.support.forms import FORM_IDS, built, checked, clean, form, room
from xltools.findings.finding import Finding
from xltools.form.address import Ref
from xltools.form.layout import Key
from xltools.intake.open import load_bytes


def _leading(data: bytes) -> list[Finding]:
    found = checked(data).findings
    return [f for f in found if f.is_open and not f.root and f.code != "ST004" and not f.code.startswith("KQ")]


def _typed(form_id: str, values: dict[str, Any], cells: dict[Ref, tuple[Any, str]]) -> bytes:
    """Return a workbook in which Excel kept these values with these number formats."""
    buffer = io.BytesIO()
    book = openpyxl.load_workbook(io.BytesIO(built(form_id, values)))
    for ref, (value, code) in cells.items():
        cell = book[ref.sheet][ref.a1]
        cell.value, cell.number_format = value, code
    book.save(buffer)
    return buffer.getvalue()


def _rates(form_id: str, **cells: Any) -> tuple[dict[str, Any], Ref, Ref]:
    """Return a filling whose first row of indicators with a target asks for 90 %, and the places of target and actual."""
    definition, values = form(form_id), clean(form_id)
    for measured in definition.indicators:
        for index, row in enumerate(values.get(measured.table) or []):
            if row.get(measured.direction) == "≥" and isinstance(row.get(measured.target), int | float):
                row |= {measured.unit: "%", measured.target: 90, measured.actual: 94.5, **cells}
                places = [
                    room().layout(definition).cells[Key(measured.table, index, c)]
                    for c in (measured.target, measured.actual)
                ]
                return values, places[0], places[1]
    raise AssertionError(form_id)


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_a_date_in_a_count_is_told_at_its_cell_as_it_was_seen(form_id: str) -> None:
    values, _, actual = _rates(form_id)
    found = _leading(_typed(form_id, values, {actual: (45047, 'm"月"d"日"')}))
    assert [(f.code, f.cell) for f in found] == [("VA002", actual.a1)]
    assert "5月1日" in str(found[0].values["there"])


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_percent_is_read_by_the_rows_unit(form_id: str) -> None:
    values, target, actual = _rates(form_id)
    right = checked(built(form_id, values)).score
    both = _typed(form_id, values, {target: (0.9, "0%"), actual: (0.945, "0.0%")})
    for data in (
        both,
        _typed(form_id, values, {actual: (0.945, "0.0%")}),
        _typed(form_id, values, {actual: ("94.5%", "General")}),
    ):
        assert {f.code for f in _leading(data)} == {"VA007"}
        assert checked(data).score == right


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_a_small_percentage_is_no_fraction(form_id: str) -> None:
    """0.945 % exists; a percent format in a row of another unit shows nothing about that unit."""
    values, target, actual = _rates(form_id)
    small = _typed(form_id, values, {target: (0.9, "General"), actual: (0.945, "General")})
    assert _leading(small) == []


def test_a_reading_goes_back_as_it_was_seen() -> None:
    values, _, actual = _rates("guangdong-2023")
    data = _typed("guangdong-2023", values, {actual: (0.5, "h:mm")})
    reading = next(r for r in load_bytes(data, "x.xlsx", room()).readings.values() if r.ref == actual)
    assert (reading.as_sent, reading.raw, reading.value) == ("12:00", 0.5, None)


def test_two_inputs_that_read_each_other() -> None:
    layout = room().layout(form("guangdong-2023"))
    names = [e.name for e in layout.form.fields if e.type == "amount" and e.required][:2]
    first, second = (layout.cells[Key(n)] for n in names)
    book = Package(built("guangdong-2023", clean("guangdong-2023")))
    book.formula(first, f"{second.a1}+0", 0).formula(second, f"SUM({first.a1}:{first.a1})", 0)
    told = [f for f in checked(book.data()).findings if f.code == "VA012"]
    assert [(f.cell, f.level) for f in told] == [(first.a1, "confirm"), (second.a1, "confirm")]


def test_a_formula_that_reads_others_is_no_circle() -> None:
    layout = room().layout(form("guangdong-2023"))
    ref = layout.cells[Key(next(f.name for f in layout.form.fields if f.type == "amount" and f.required))]
    book = Package(built("guangdong-2023", clean("guangdong-2023")))
    book.formula(ref, f"{Ref(ref.sheet, ref.row + 1, ref.column).a1}+0", 1)
    assert [f.level for f in checked(book.data()).findings if f.code == "VA012"] == ["notice"]


def test_a_formula_without_its_result_is_called_one() -> None:
    layout = room().layout(form("project-2023"))
    ref = layout.cells[Key(next(f.name for f in layout.form.fields if f.type == "amount" and f.required))]
    told = [
        f
        for f in checked(Package(built("project-2023", clean("project-2023"))).formula(ref, "B7+B8").data()).findings
        if f.cell == ref.a1
    ]
    assert told[0].code == "VA002" and "公式" in told[0].values["how"].zh  # type: ignore[union-attr]


@pytest.mark.parametrize("form_id", FORM_IDS)
@pytest.mark.parametrize(
    ("name", "actual", "target"), [("产值同比增长", -3.2, 2), ("净增就业", -5, 0), ("入库税收完成率", 119, 100)]
)
def test_growth_may_be_negative_and_a_rate_above_its_whole(
    form_id: str, name: str, actual: float, target: float
) -> None:
    title = next(t.title_column for t in form(form_id).tables if t.name == form(form_id).indicators[0].table)
    values, _, _ = _rates(form_id, **{title or "": name})
    for measured in form(form_id).indicators:
        for row in values[measured.table]:
            if row.get(title) == name:
                row |= {measured.target: target, measured.actual: actual, "偏差原因": "外部市场变化，订单减少"}
    assert {f.code for f in _leading(built(form_id, values))} == set()
