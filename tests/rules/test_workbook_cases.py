"""One damage at a time is found with its code at its cell, and nothing else leads; over forms and eight fillings."""

from __future__ import annotations

import os
from zlib import crc32

import pytest

import tests.support.damages  # noqa: F401 - registers the damages
from tests.support.fillings import SHAPES
from tests.support.forms import FORM_IDS, places
from tests.support.stage import DAMAGES, Damage, NotHere, Stage

FORMS = 1
"""Of the forms, so many in turn for each damage."""
EVERY = os.environ.get("XLTOOLS_EVERY") == "1"
"""All shapes for every damage (a few minutes); by default each damage goes over one of them, in turn."""


def _name(damage: Damage) -> str:
    return f"{damage.family}-{damage.kind}".replace(" ", "_")


def _rounds(damage: Damage) -> list[tuple[str, str]]:
    """The forms and shapes a damage goes over; a form or shape without such a cell is passed over by the test."""
    shapes, number = list(SHAPES), crc32(_name(damage).encode())
    if EVERY:
        return [(form_id, shape) for form_id in FORM_IDS for shape in shapes]
    each = [(form_id, shapes[(number + 3 * place) % len(shapes)]) for place, form_id in enumerate(FORM_IDS)]
    return [each[(number + turn) % len(each)] for turn in range(FORMS)]


def _one_root(damage: Damage, form_id: str, shape: str) -> bool:
    """Check one damage in one place; False where the form, in this shape, has no cell of its kind. What is only
    suspected leads no error: one rule that it breaks may lead beside it."""
    stage = Stage(form_id, shape)
    try:
        data, expected = damage.apply(stage)
    except NotHere:
        return False
    cells = {place[1:] for place in expected}
    standing = [place for place in stage.baseline if place[1:] not in cells]
    leading = stage.leading(data)
    graver = [f for f in leading if f.level == "error" and f.code in {rule.code for rule in stage.form.rules}]
    lesser = all(f.level != "error" for f in leading if places([f])[0] in expected)
    beside = [place for place in places(graver) if place not in expected] if lesser else []
    assert len(beside) <= 1, (form_id, shape, "several errors lead beside one suspicion")
    assert sorted(places(leading)) == sorted([*expected, *standing, *beside]), (form_id, shape)
    return True


@pytest.mark.parametrize("damage", DAMAGES, ids=_name)
def test_one_damage_one_root(damage: Damage) -> None:
    done = [_one_root(damage, form_id, shape) for form_id, shape in _rounds(damage)]
    if not any(done):  # its turn fell on shapes without such a cell: then as every form's clean filling is
        done = [_one_root(damage, form_id, "as-it-is") for form_id in FORM_IDS]
    assert any(done)


def test_the_catalogue_is_wide() -> None:
    assert len({(d.family, d.kind) for d in DAMAGES}) >= 60


@pytest.mark.parametrize("form_id", FORM_IDS)
@pytest.mark.parametrize("shape", SHAPES)
def test_an_undamaged_workbook_has_no_errors(form_id: str, shape: str) -> None:
    assert {code for code, _, _ in Stage(form_id, shape).baseline} <= {"VA008"}
