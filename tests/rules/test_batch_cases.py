"""One thing wrong with a batch is found with its code at its file and cell, and nothing else; over the forms in turn."""

from __future__ import annotations

import os
from pathlib import Path
from zlib import crc32

import pytest

import tests.support.damages  # noqa: F401 - registers the damages
from tests.support.batches import BATCH_DAMAGES, Batch, BatchDamage, NotHere
from tests.support.forms import FORM_IDS, form, room
from tests.support.stage import DAMAGES
from xltools.rules.registry import cards

EVERY = os.environ.get("XLTOOLS_EVERY") == "1"
"""Every form for every damage; by default the first that has such a field, the form with most formulas last."""


def _turn(damage: BatchDamage) -> list[str]:
    *light, dear = sorted(FORM_IDS, key=lambda name: len(room().layout(form(name)).formulas))
    first = crc32(damage.kind.encode()) % len(light)
    return [*light[first:], *light[:first], dear]


@pytest.mark.parametrize("damage", BATCH_DAMAGES, ids=lambda d: f"{d.code}-{d.kind}".replace(" ", "_"))
def test_one_damage_of_a_batch(damage: BatchDamage, tmp_path: Path) -> None:
    done = 0
    for form_id in _turn(damage):
        batch = Batch(form_id)
        try:
            places, missing = damage.apply(batch)
        except NotHere:  # the form has no such field
            continue
        assert batch.found(tmp_path / form_id) == (places, missing), form_id
        done += 1
        if not EVERY:
            break
    assert done


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_an_undamaged_batch_is_clean(form_id: str, tmp_path: Path) -> None:
    assert Batch(form_id).found(tmp_path / "x") == ([], [])


def test_every_code_has_its_damage() -> None:
    damaged = {d.family for d in DAMAGES} | {d.code for d in BATCH_DAMAGES}
    assert {c.code for c in cards() if c.code[:2] in ("ST", "VA", "BT")} <= damaged
