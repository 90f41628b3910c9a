"""What arrives as a file is told by its rule at that file, and its harmless twin is not; every intake rule has both."""

from __future__ import annotations

from pathlib import Path

import pytest

import tests.support.damages  # noqa: F401 - registers the arrivals
from tests.support.arrivals import ARRIVALS, Arrival
from xltools.rules.registry import cards


@pytest.mark.parametrize("case", ARRIVALS, ids=lambda a: f"{a.code}-{a.kind}".replace(" ", "_"))
def test_what_arrives(case: Arrival, tmp_path: Path) -> None:
    assert case.found(tmp_path) == ([case.told] if case.told else [])


def test_every_intake_rule_speaks_and_is_silent() -> None:
    codes = {c.code for c in cards() if c.code.startswith("IN")}
    assert {a.code for a in ARRIVALS if a.told} == codes
    assert {a.code for a in ARRIVALS if not a.told} == codes
