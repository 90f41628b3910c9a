"""Every form rule does what its table of cases says: it fires, stays silent, and is not evaluated where it cannot be."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.forms import FORM_IDS, clean, form, room
from xltools.form import model as m
from xltools.form.model import Case, Rule
from xltools.sampling.base import laid_over
from xltools.sampling.standing import Standing

SILENT = frozenset({m.PASSED, m.EXPLAINED})
NOT_JUDGED = frozenset({m.MISSING, m.UNREADABLE, m.NOT_APPLICABLE})


def _cases() -> Iterator[tuple[str, Rule, Case]]:
    for form_id in FORM_IDS:
        for rule in form(form_id).rules:
            for case in rule.cases:
                yield form_id, rule, case


def _state(form_id: str, rule: Rule, case: Case) -> object:
    definition = form(form_id)
    values = laid_over(definition, clean(form_id), case.values)
    return Standing(definition, room(), values).state(rule, case.row)


@pytest.mark.parametrize(
    ("form_id", "rule", "case"),
    [pytest.param(f, r, c, id=f"{f}-{r.code}-{n}-{c.state}") for n, (f, r, c) in enumerate(_cases())],
)
def test_a_case_gives_its_state(form_id: str, rule: Rule, case: Case) -> None:
    assert _state(form_id, rule, case) == case.state


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_every_rule_is_shown_firing_silent_and_not_evaluated(form_id: str) -> None:
    lacking = {}
    for rule in form(form_id).rules:
        states = {case.state for case in rule.cases}
        kinds = (("fires", m.FIRES), ("silent", SILENT), ("not judged", NOT_JUDGED))
        missing = [name for name, kind in kinds if not states & kind]
        if missing:
            lacking[rule.code] = missing
    assert lacking == {}
