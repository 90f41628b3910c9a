"""The early warning: red, yellow, none or 不可比, as the official description says it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.forms import FORM_IDS, clean, form, room
from xltools.form import model as m
from xltools.form.layout import CheckColumn, Key
from xltools.recalc.engine import EngineValue
from xltools.writing.department.inputs import capacities_for, cell_values

WARNING = "自评预警"
RATES = (0, 40, 79.9, 80, 88, 90, 91, 93, 94, 95, 96, 98, 100, 110)


def executed(form_id: str, rate: float | None) -> dict[str, Any]:
    """Return the clean filling with this share of its budget spent; None: there is no budget."""
    definition, values = form(form_id), clean(form_id)
    assert definition.budget_field
    assert definition.executed_field
    budget = 1000 if rate is not None else 0
    values |= {definition.budget_field: budget, definition.executed_field: 10 * (rate or 0)}
    if definition.rate_field in values:
        values[definition.rate_field] = rate
    return values


def said(form_id: str, values: dict[str, Any]) -> tuple[EngineValue, float, EngineValue]:
    """Return the warning, the score, and the state of the rule on 校验."""
    definition = form(form_id)
    layout = room().layout(definition, capacities_for(definition, values))
    found = room().model(layout)[0].evaluate(cell_values(layout, values))
    rule = next(r for r in definition.rules if r.name.startswith("自评预警"))
    score = found[layout.cells[Key(definition.score_field)]]
    assert isinstance(score, int | float)
    return found[layout.cells[Key(WARNING)]], score, found[layout.check(rule.code, CheckColumn.STATE)]


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("form_id", FORM_IDS)
def test_the_colour(form_id: str, rate: float) -> None:
    definition = form(form_id)
    colour, total, state = said(form_id, executed(form_id, rate))
    execution = round(min(100, rate) / 10, 2)
    formulas = [v for t in definition.tables for r in t.rows for v in r.values() if isinstance(v, str) and v[:1] == "="]
    scored = any("执行数" in f or "执行率" in f for f in formulas)
    share, of_ten = ((total - execution) / 90 if scored else total / 100), execution / 10
    gap = (share - of_ten) / share * 100
    assert abs(gap - 5) > 0.02, "too near to the bound to tell anything"
    assert colour == ("红" if gap > 5 else "黄" if rate < 80 else "无")
    assert state == (m.NOT_APPLICABLE if rate < 90 else m.NOTED if gap > 5 else m.PASSED)


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_without_a_budget_there_is_nothing_to_compare(form_id: str) -> None:
    colour, _, state = said(form_id, executed(form_id, None))
    assert (colour, state) == (m.INCOMPARABLE, m.NOT_APPLICABLE)


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_it_is_a_column_of_the_summary(form_id: str) -> None:
    assert form(form_id).field(WARNING).summary


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_a_table_that_is_not_whole_is_not_warned_of(form_id: str) -> None:
    values = executed(form_id, 91)
    for table in form(form_id).tables:
        if not table.is_fixed and values.get(table.name):
            values[table.name] = [{}]
    definition = form(form_id)
    layout = room().layout(definition, capacities_for(definition, values))
    found = room().model(layout)[0].evaluate(cell_values(layout, values))
    assert found[layout.cells[Key(WARNING)]] == ""
