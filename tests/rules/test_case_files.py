"""The cases of a rule in Python stand in a file of the rule's name: whoever knows the code finds them."""

from __future__ import annotations

import re

import pytest

from tests.support.damages import FILES, ROOT
from xltools.rules.registry import GROUPS, ROOMS

RULES = {f"{ROOMS[name[:2].upper()]}/{name}" for group in GROUPS for name in group.names}
WHOLE = ("workbook", "batch", "intake", "narrative")
"""The rooms every rule of which has its file."""


@pytest.mark.parametrize("room", WHOLE)
def test_every_rule_has_its_file_of_cases(room: str) -> None:
    named = {f.with_suffix("").as_posix() for f in FILES if f.parts[0] == room and re.match(r"[a-z]{2}\d{3}_", f.name)}
    assert named == {name for name in RULES if name.startswith(room + "/")}


@pytest.mark.parametrize("file", [f for f in FILES if re.match(r"[a-z]{2}\d{3}_", f.name)], ids=str)
def test_a_file_holds_the_cases_of_its_code_alone(file: object) -> None:
    text = (ROOT / str(file)).read_text(encoding="utf-8")
    registered = set(
        re.findall(r'(?:damage|arrival|decided|relocked|text|change|sent)\(\s*(?:_kind, )?"([A-Z]{2}\d{3})"', text)
    )
    assert registered == {str(file).split("/")[-1][:5].upper()}
