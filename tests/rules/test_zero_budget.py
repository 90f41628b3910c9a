"""A department or project without a budget: its workbook passes, with nothing to explain."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.forms import FORM_IDS, built, by_itself, clean, form, room
from xltools.findings.report import Checked
from xltools.intake.open import load_bytes
from xltools.review.one_workbook import check_submission


def check(form_id: str, values: dict[str, Any]) -> Checked:
    """Check a filled workbook by itself."""
    shop = room()
    return by_itself(check_submission(load_bytes(built(form_id, values), "一份.xlsx", shop), shop))


def without_budget(form_id: str) -> dict[str, Any]:
    """Return the clean filling with every amount 0, and no rate that would be made of them."""
    definition, values = form(form_id), clean(form_id)
    for item in definition.fields:
        if item.type in ("amount", "percent") and item.is_input and values.get(item.name) is not None:
            values[item.name] = 0 if item.type == "amount" else None
    return values


@pytest.mark.parametrize("word", [None, "—", "不可比", "/"])
@pytest.mark.parametrize("form_id", FORM_IDS)
def test_it_passes(form_id: str, word: str | None) -> None:
    definition, values = form(form_id), without_budget(form_id)
    rates = [f for f in definition.fields if f.nothing]
    values |= {f.name: word for f in rates}
    found = check(form_id, values)
    assert [(f.code, f.level, f.cell) for f in found.findings if f.is_open and f.level != "notice"] == []
    assert found.status == "passed"
    assert found.score is not None
    told = [f.code for f in found.findings if word and any(f.field.zh == r.label for r in rates)]
    assert told == [], "the word is at home there"


@pytest.mark.parametrize("form_id", [f for f in FORM_IDS if any(i.nothing for i in form(f).fields)])
def test_with_a_budget_the_rate_is_asked_for(form_id: str) -> None:
    rate = next(f for f in form(form_id).fields if f.nothing)
    for word in (None, "—", "不可比"):
        found = check(form_id, clean(form_id) | {rate.name: word})
        assert ("VA001", "error") in [(f.code, f.level) for f in found.findings if f.is_open], word
