"""No false alarm: random clean fillings, and what LibreOffice and openpyxl make of them, have nothing to correct."""

from __future__ import annotations

import io
import os
import random
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from tests.support.fillings import fillings
from tests.support.forms import FORM_IDS, built, checked, clean, form, places, room
from tests.support.libreoffice import convert, need_libreoffice
from xltools.form import model as m
from xltools.form.address import Ref
from xltools.form.layout import CheckColumn
from xltools.intake.open import load_bytes
from xltools.intake.submission import Submission
from xltools.rules.context import RuleContext
from xltools.sampling.base import laid_over

EVERY = os.environ.get("XLTOOLS_EVERY") == "1"
COUNT, RESAVED = (100, 100) if EVERY else (6, 2)
"""Fillings a form: of those checked as built, and of those re-saved; XLTOOLS_EVERY=1 takes more."""


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_clean_fillings_are_clean(form_id: str) -> None:
    found = {}
    for number, values in enumerate(fillings(form_id, COUNT)):
        result = checked(built(form_id, values))
        if result.status != "passed" or places(result.findings):
            found[number] = places(result.findings)
    assert found == {}


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_openpyxl_loses_the_results_and_nothing_else(form_id: str) -> None:
    for values in fillings(form_id, RESAVED, seed=7):
        buffer = io.BytesIO()
        openpyxl.load_workbook(io.BytesIO(built(form_id, values))).save(buffer)
        result = checked(buffer.getvalue())
        assert [code for code, _, _ in places(result.findings)] == ["ST004"]
        assert result.status == "passed"


def test_libreoffice_changes_nothing(tmp_path: Path) -> None:
    need_libreoffice()
    sources = []
    for form_id in FORM_IDS:
        for number, values in enumerate(fillings(form_id, RESAVED, seed=11)):
            sources.append(tmp_path / f"{form_id}-{number}.xlsx")
            sources[-1].write_bytes(built(form_id, values))
    found = {}
    for path in convert(sources, tmp_path / "out"):
        result = checked(path.read_bytes())
        if places(result.findings):
            found[path.name] = places(result.findings)
    assert found == {}


# ── the live states ──────────────────────────────────────────────────────────────────────────────────────────────────

_UNUSUAL = ("{:.2f}万元", "{:,.2f}", " {:.2f}", "—", "约{:.0f}", "{:.2f}%", "无")


def _untidy(form_id: str, chance: random.Random) -> dict[str, object]:
    """Return a filling whose numbers are here and there blank, zero, unusual or no numbers at all."""
    definition = form(form_id)
    changes: dict[str, object] = {}
    for item in definition.fields:
        value = clean(form_id).get(item.name)
        if not item.is_input or not item.numeric or not isinstance(value, int | float) or chance.random() > 0.12:
            continue
        changes[item.name] = _odd(value, chance)
    values = laid_over(definition, clean(form_id), changes)
    for table in definition.tables:
        for row in values.get(table.name) or ():
            for column in table.columns:
                value = row.get(column.name)
                if column.numeric and isinstance(value, int | float) and chance.random() < 0.06:
                    row[column.name] = _odd(value, chance)
    return values


def _odd(value: float, chance: random.Random) -> object:
    return chance.choice([None, 0, value * 1.5, chance.choice(_UNUSUAL).format(value)])


def test_live_states_are_what_check_says(tmp_path: Path) -> None:
    """What LibreOffice shows on 校验 is what check says; where check understood an unusual number, 数据有误 instead."""
    need_libreoffice()
    chance = random.Random(5)
    sources, meant = [], 0
    for number in range(200 if EVERY else 8):
        form_id = FORM_IDS[number % len(FORM_IDS)]
        sources.append(tmp_path / f"{number:03}.xlsx")
        sources[-1].write_bytes(built(form_id, _untidy(form_id, chance)))
    for path in convert(sources, tmp_path / "out"):
        submission = load_bytes(path.read_bytes(), path.name, room())
        model, blank = room().model(submission.layout)
        ctx = RuleContext(submission, model.evaluate(submission.engine_inputs()), blank, model.evaluate)
        for rule, ref in _states(submission):
            shown, said = submission.computed[ref].cached or "", ctx.values[ref] or ""
            assert shown == (ctx.live[ref] or ""), (path.name, rule.code, ref)
            if shown != said:
                # the number itself is 数据有误 there; what is computed of it is missing
                understood = any(r.habits or r.blank for r in ctx.odd)
                assert shown in (m.UNREADABLE, m.MISSING) and understood, (path.name, rule.code, ref, shown, said)
                meant += 1
    assert meant > 0


def _states(submission: Submission) -> Iterator[tuple[m.Rule, Ref]]:
    """Yield every rule's line on 校验, and of a rule on rows each row's state."""
    for rule in submission.form.rules:
        yield rule, submission.layout.check(rule.code, CheckColumn.STATE)
        if rule.table is not None:
            span = submission.layout.spans[rule.table, rule.code]
            yield from ((rule, Ref(span.sheet, row, span.column)) for row in range(span.first, span.last + 1))
