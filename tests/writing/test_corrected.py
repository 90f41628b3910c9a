"""Whatever the damage was: a return copy can be corrected where it stands, and corrected it is clean."""

from __future__ import annotations

import os
import random
from datetime import date

import pytest

import tests.support.damages  # noqa: F401 - registers the damages
from tests.support.damage import Package
from tests.support.fillings import SHAPES
from tests.support.forms import FORM_IDS, built, checked, room, wording
from tests.support.stage import DAMAGES, Damage, NotHere, Stage
from xltools.form.layout import Key
from xltools.intake.open import load_bytes
from xltools.intake.submission import Submission
from xltools.recalc.engine import serial
from xltools.writing.department.inputs import cell_values
from xltools.writing.return_copy.book import return_copy

EVERY = os.environ.get("XLTOOLS_EVERY") == "1"
"""All damages in every form; by default some of them."""


def _chosen() -> list[tuple[Damage, str]]:
    dice = random.Random(31)
    if EVERY:
        return [(damage, form_id) for damage in DAMAGES for form_id in FORM_IDS]
    return [(damage, dice.choice(FORM_IDS)) for damage in dice.sample(DAMAGES, 8)]


def _name(case: tuple[Damage, str]) -> str:
    return f"{case[0].family}-{case[0].kind}-{case[1]}".replace(" ", "_")


def _open_cells(back: Submission, package: Package) -> set[Key]:
    """Return the inputs of a return copy that its staff may type into."""
    styles = package.parts["xl/styles.xml"].partition("<cellXfs")[2].partition("</cellXfs>")[0].split("<xf ")[1:]
    return {key for key, ref in back.where.items() if 'locked="0"' in styles[package.style_of(ref)]}


def _sent(back: Submission, key: Key, text: str) -> str | float:
    """Return what the bureau had filled in, which _meta keeps as text."""
    item = back.layout.inputs[key].item
    return float(text) if item is not None and item.numeric else text


@pytest.mark.parametrize("case", _chosen(), ids=_name)
def test_a_corrected_copy_is_clean(case: tuple[Damage, str]) -> None:
    damage, form_id = case
    stage = Stage(form_id, "as-it-is" if EVERY else random.Random(_name(case)).choice(list(SHAPES)))
    right = cell_values(stage.layout, stage.values)
    try:
        data, _ = damage.apply(stage)
    except NotHere:  # this form has no cell of the kind in this shape
        return
    data = built(form_id, stage.values) if data is None else data
    result = checked(data)
    if not result.form:  # nothing to return
        return
    submission = load_bytes(data, "一份.xlsx", room())
    copy = return_copy(room(), submission, result, wording())
    package, back = Package(copy), load_bytes(copy, "退回.xlsx", room())
    may = _open_cells(back, package)
    right |= {Key(n): _sent(back, Key(n), text) for n, text in submission.prefilled.items()}
    if submission.meta.get("code") and stage.form.code_field not in submission.prefilled:
        right[Key(stage.form.code_field)] = submission.meta["code"]
    for key, ref in back.where.items():
        wanted, reading = right.get(key), back.readings.get(key)
        if (None if reading is None else reading.raw) == wanted or (reading is not None and reading.value == wanted):
            continue
        assert key in may, f"{key} is locked with {reading and reading.raw!r}, it should be {wanted!r}"
        if wanted in (None, ""):
            package.empty(ref)
        elif isinstance(wanted, str):
            package.text(ref, wanted)
        else:
            package.number(ref, serial(wanted) if isinstance(wanted, date) else float(wanted))
    after = checked(package.without_results().data())
    left = [(f.code, f.sheet, f.cell) for f in after.findings if f.is_open and f.level != "notice"]
    assert not left, left
