"""read(template(values)) == values, dirty text included, whatever the values are (hypothesis)."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.forms import FORM_IDS, clean, form, room
from xltools.form import model as m
from xltools.intake.open import load_bytes
from xltools.writing.department.make import workbook

_TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"], exclude_characters="￾￿"), min_size=1, max_size=40
).filter(lambda t: t.strip() != "")
_DIRTY = st.sampled_from(
    ["1,234.5万元", "２，１８０．２４", "—", "无", "约100", "=1+1", "@SUM(A1)", "#REF!", "95.53%", " 12 "]
)
_NUMBER = st.one_of(
    st.integers(-(10**9), 10**9),
    st.decimals(min_value=-(10**7), max_value=10**7, places=2).map(float),
    # a spreadsheet keeps 15 significant digits
    st.floats(-1e9, 1e9, allow_nan=False).map(lambda x: float(f"{x:.15g}")),
)


def _value(item: m.Field | m.Column) -> st.SearchStrategy[Any]:
    if item.type == "date":
        return st.one_of(st.dates(min_value=_day(2000), max_value=_day(2099)).map(str), _DIRTY)
    if item.choices:
        return st.one_of(st.sampled_from(item.choices), _TEXT)
    if item.numeric:
        return st.one_of(_NUMBER, _DIRTY)
    return st.one_of(_TEXT, _DIRTY)


def _day(year: int) -> Any:
    from datetime import date

    return date(year, 1, 1)


@st.composite
def fillings(draw: st.DrawFn, form_id: str) -> dict[str, Any]:
    """A filling of any inputs with any values, gaps between rows included."""
    definition = form(form_id)
    values: dict[str, Any] = {}
    inputs = [f for f in definition.fields if f.is_input]
    for item in draw(st.lists(st.sampled_from(inputs), max_size=12, unique_by=lambda f: f.name)):
        values[item.name] = draw(_value(item))
    for table in definition.tables:
        rows: list[dict[str, Any]] = []
        indices = range(len(table.rows)) if table.is_fixed else range(draw(st.integers(0, 4)))
        for index in indices:
            columns = [c for c in table.columns if table.is_input(index, c)]
            if not columns:
                continue
            chosen = draw(st.lists(st.sampled_from(columns), max_size=3, unique_by=lambda c: c.name))
            row = {c.name: draw(_value(c)) for c in chosen}
            if table.is_fixed and row:
                assert table.key_column is not None
                rows.append({table.key_column: table.rows[index][table.key_column], **row})
            elif not table.is_fixed:
                rows.append(row)
        while rows and not rows[-1]:
            rows.pop()
        if rows:
            values[table.name] = rows
    return values


@pytest.mark.parametrize("form_id", FORM_IDS)
@settings(max_examples=15, deadline=None, derandomize=True)
@given(data=st.data())
def test_what_template_writes_read_gives_back(form_id: str, data: st.DataObject) -> None:
    values = data.draw(fillings(form_id))
    sent = load_bytes(workbook(room(), form(form_id), values), "一份.xlsx", room())
    assert sent.values() == values


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_the_clean_filling_comes_back_unchanged(form_id: str) -> None:
    values = clean(form_id)
    assert load_bytes(workbook(room(), form(form_id), values), "一份.xlsx", room()).values() == values
