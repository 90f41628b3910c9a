"""The engine's model is shared by all rules; what one of them asks never depends on what another asked before."""

from __future__ import annotations

import pytest

from tests.support.forms import FORM_IDS, room
from tests.support.spoiled import spoiled
from xltools.form.layout import Key
from xltools.intake.open import load_bytes
from xltools.recalc.engine import Recalculation
from xltools.rules.context import RuleContext
from xltools.rules.form_rules import form_findings


def test_an_expression_is_of_the_inputs_it_was_asked_of() -> None:
    definition = room().form(FORM_IDS[0])
    model, _ = room().model(room().layout(definition))
    name = next(f.name for f in definition.fields if f.is_input and f.type == "amount")
    key = Key(name)
    ours, others = Recalculation(model, {key: 5.0}), Recalculation(model, {key: 7.0})
    assert ours.expression(f"=N({name})+1") == 6
    assert others.values is not None
    assert ours.expression(f"=N({name})+1") == 6
    assert others.expression(f"=N({name})+1") == 8
    model.evaluate({})
    assert ours.expression(f"=N({name})+1") == 6


@pytest.mark.parametrize("form_id", FORM_IDS)
@pytest.mark.parametrize("seed", range(3))
def test_the_forms_rules_say_the_same_whatever_was_evaluated_before(form_id: str, seed: int) -> None:
    submission = load_bytes(spoiled(form_id, seed).data, "一份.xlsx", room())
    model, blank = room().model(submission.layout)

    def found(*, disturbed: bool) -> object:
        recalculated = Recalculation(model, submission.engine_inputs())
        ctx = RuleContext(submission, recalculated.values, blank, model.evaluate)
        if disturbed:
            model.evaluate(submission.live_inputs())
            model.evaluate({})
        return form_findings(ctx, recalculated)

    assert found(disturbed=True) == found(disturbed=False)
