"""Sentences, changed reports and sent files at which a rule on narratives speaks, alone and at its place, or is silent."""

from __future__ import annotations

from pathlib import Path

import pytest

import tests.support.damages  # noqa: F401 - registers the cases
from tests.support.forms import said
from tests.support.narratives import replaced, reviewed
from tests.support.text_cases import CHANGES, SENT, TEXTS, Change, Sent, TextCase, found, message, pair_of_clean
from xltools.rules.registry import cards


@pytest.mark.parametrize("case", TEXTS, ids=[f"{c.code}-{n}" for n, c in enumerate(TEXTS)])
def test_it_fires_and_stays_silent(case: TextCase) -> None:
    told = found(case.fires)
    assert [(f.code, f.level) for f in told] == [(case.code, case.level)], [message(f) for f in told]
    assert case.holds in message(told[0])
    assert message(told[0], "en")
    assert told[0].place.zh.startswith(("二、", "标题"))
    assert found(case.silent) == []


@pytest.mark.parametrize("case", CHANGES, ids=[f"{c.code}-{n}" for n, c in enumerate(CHANGES)])
def test_a_change_is_told_at_its_paragraph(case: Change, tmp_path: Path) -> None:
    book, report = pair_of_clean()
    data, place = replaced(report, case.old, case.new)
    told = reviewed(tmp_path, {"a.xlsx": book, "a.docx": data})
    assert [f.code for f in told] == [case.code], [said(f) for f in told]
    assert told[0].file.endswith("a.docx")
    assert told[0].place.zh == ("全文" if case.code == "NA013" else place)  # a section that is missing stands nowhere
    assert told[0].sheet == told[0].cell == ""


@pytest.mark.parametrize("case", SENT, ids=lambda c: f"{c.code}-{c.kind}".replace(" ", "_"))
def test_what_is_sent(case: Sent, tmp_path: Path) -> None:
    assert len(case.found(tmp_path)) == int(case.told)


def test_every_rule_on_narratives_speaks() -> None:
    codes = {c.code for c in cards() if c.code.startswith("NA")}
    assert {c.code for c in (*TEXTS, *CHANGES)} | {c.code for c in SENT if c.told} == codes
