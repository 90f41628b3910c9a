"""What is written as a formula and in Python says the same: when a rule holds, when an input is required."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.support.forms import FORM_IDS, clean, form, room
from xltools.form import model as m
from xltools.form.layout import CheckColumn
from xltools.form.states import has_reason, is_reason, is_required, required_test
from xltools.rules.diagnosis.equations import Equation, equations
from xltools.writing.department.inputs import cell_values

BROKEN = {*m.FAILED_STATE.values(), m.EXPLAINED}
MANY = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


def amounts(decimals: int) -> st.SearchStrategy[float]:
    """Amounts as typed: mostly to the field's decimals, some to one more, 0 and small ones among them."""
    exact = st.integers(0, 300_000).map(lambda n: round(n / 10**decimals, decimals))
    small = st.integers(0, 300).map(lambda n: round(n / 10**decimals, decimals))
    finer = st.integers(0, 3_000_000).map(lambda n: n / 10 ** (decimals + 1))
    return st.one_of(exact, exact, small, finer)


def filled(data: st.DataObject, definition: m.Form, equation: Equation) -> dict[str, float | None]:
    """Draw figures for an equation, its left side at or beside the edge of what it may allow."""
    figures: dict[str, float | None] = {}
    for name in equation.parts:
        drawn = amounts(definition.field(name).decimals)
        figures[name] = data.draw(st.none() | drawn if equation.kind == "sum" else drawn, label=name)
    right = equation.sides({**figures, equation.left: 0.0})[1]
    assume(abs(right) < 1e12)
    unit = 10.0**-equation.decimals
    edges = [unit * n / 2 for n in range(8)] + [7.0]
    if equation.kind == "rate":
        base = figures[equation.parts[1]] or 1.0
        edges += [unit / 2 + 50 * 10.0**-equation.base_decimals * (1 + right / 100) / base * n for n in (0.5, 1, 2)]
    shift = data.draw(st.sampled_from(edges), label="edge") + unit * data.draw(st.sampled_from((-1, -0.1, 0, 0.1, 1)))
    figures[equation.left] = round(right + shift * data.draw(st.sampled_from((-1, 1))), equation.decimals + 1)
    return figures


@pytest.mark.parametrize(
    ("form_id", "kind"), [(f, kind) for f in FORM_IDS for kind in sorted({e.kind for e in equations(form(f))})]
)
@MANY
@given(data=st.data())
def test_an_equation_holds_where_its_line_on_the_checks_sheet_passes(
    form_id: str, kind: str, data: st.DataObject
) -> None:
    definition = form(form_id)
    equation = data.draw(st.sampled_from([e for e in equations(definition) if e.kind == kind]), label="rule")
    layout = room().layout(definition)
    model, _ = room().model(layout)
    figures = filled(data, definition, equation)
    values: dict[str, Any] = clean(form_id) | figures
    state = model.evaluate(cell_values(layout, values))[layout.check(equation.code, CheckColumn.STATE)]
    assume(state == m.PASSED or state in BROKEN)
    numbers = {k: v for k, v in values.items() if isinstance(v, int | float)}
    assert equation.holds(numbers) == (state == m.PASSED), (equation, figures, state)


def conditional(form_id: str, key: str) -> list[m.Field]:
    """Return the fields that are required by what else is given."""
    return [f for f in form(form_id).fields if getattr(f, key)]


@pytest.mark.parametrize(
    ("form_id", "key"),
    [(f, key) for f in FORM_IDS for key in ("required_with", "required_unless") if conditional(f, key)],
)
@MANY
@given(data=st.data())
def test_an_input_is_required_where_its_formula_says_so(form_id: str, key: str, data: st.DataObject) -> None:
    definition = form(form_id)
    item = data.draw(st.sampled_from(conditional(form_id, key)), label="field")
    layout = room().layout(definition)
    model, _ = room().model(layout)
    sources = [*item.required_with, *item.required_unless]
    drawn = {name: data.draw(st.sampled_from((None, 0, 0.0, 3, 12.5)), label=name) for name in sources}
    inputs = cell_values(layout, clean(form_id) | drawn)
    assert is_required(item, lambda name: drawn[name]) == model.expression(f"={required_test(item)}", inputs)


REASONS = (
    "按合同支付",
    "无法核对",
    "因无人申报未执行",
    "略有结余，次年继续使用",
    "经核实无误差：系四舍五入",
    "111事故善后",
    "已核实合同编号12",
)
NO_REASONS = (
    *(
        "",
        "无",
        " 无 。",
        "——",
        "N/A",
        "（无）",
        "1",
        "11",
        "x",
        "xxx",
        "略",
        "略。",
        "同上",
        " 同 上！",
        "啊啊啊",
        "已核实。",
    ),
    *("无误", "无偏差", "无扣分", "——无——", "ok", "，。"),
)


@pytest.mark.parametrize("words", [True, False], ids=["with words", "without"])
@pytest.mark.parametrize("text", [*REASONS, *NO_REASONS])
def test_a_reason_is_one_by_formula_and_in_python(text: str, words: bool) -> None:
    definition = form(FORM_IDS[0])
    listed = definition.no_reason if words else ()
    model, _ = room().model(room().layout(definition))
    quoted = text.replace('"', '""')
    assert is_reason(text, listed) == model.expression(f"={has_reason(chr(34) + quoted + chr(34), listed)}", {})
    if words:
        assert is_reason(text, listed) == (text in REASONS)
