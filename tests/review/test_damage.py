"""One damage at a time is found with its code at its cell, and nothing else leads; over forms and eight fillings."""

from __future__ import annotations

import os

import pytest

import tests.support.damages  # noqa: F401 - registers the damages
from tests.support.fillings import SHAPES
from tests.support.forms import FORM_IDS
from tests.support.stage import DAMAGES, Damage, NotHere, Stage

EVERY = os.environ.get("XLTOOLS_EVERY") == "1"
"""All shapes for every damage (a few minutes); by default each damage goes over one of them, in turn."""


def _rounds() -> list[object]:
    shapes = list(SHAPES)
    rounds = []
    for number, damage in enumerate(DAMAGES):
        for place, form_id in enumerate(FORM_IDS):
            chosen = shapes if EVERY else [shapes[(number + 3 * place) % len(shapes)]]
            for shape in chosen:
                name = f"{form_id}-{shape}-{damage.family}-{damage.kind}".replace(" ", "_")
                rounds.append(pytest.param(damage, form_id, shape, id=name))
    return rounds


@pytest.mark.parametrize(("damage", "form_id", "shape"), _rounds())
def test_one_damage_one_root(damage: Damage, form_id: str, shape: str) -> None:
    stage = Stage(form_id, shape)
    try:
        data, expected = damage.apply(stage)
    except NotHere:
        pytest.skip("no cell of this kind on this form in this shape")
    cells = {place[1:] for place in expected}
    standing = [place for place in stage.baseline if place[1:] not in cells]
    assert stage.found(data) == sorted([*expected, *standing])


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda d: f"{d.family}-{d.kind}".replace(" ", "_"))
def test_every_damage_has_a_form(damage: Damage) -> None:
    def possible(form_id: str) -> bool:
        try:
            damage.apply(Stage(form_id, "as-it-is"))
        except NotHere:
            return False
        return True

    assert any(possible(form_id) for form_id in FORM_IDS)


def test_the_catalogue_is_wide() -> None:
    assert len({(d.family, d.kind) for d in DAMAGES}) >= 60


@pytest.mark.parametrize("form_id", FORM_IDS)
@pytest.mark.parametrize("shape", SHAPES)
def test_an_undamaged_workbook_has_no_errors(form_id: str, shape: str) -> None:
    assert {code for code, _, _ in Stage(form_id, shape).baseline} <= {"VA008"}
