"""The one list of Python rules is whole, and what their cards say is fit for its reader."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

import xltools.rules
from xltools import __version__
from xltools.bilingual import Pair
from xltools.findings.card import Card
from xltools.rules.registry import GROUPS, ROOMS, cards

RULES = Path(xltools.rules.__file__).parent
NOT_FOR_DEPARTMENTS = re.compile(r"--[a-z]|名册|文件夹|请部门|\b(?:roster|folder|ask the department|ask for)\b", re.I)


def test_every_rule_file_is_listed_once_in_its_room() -> None:
    listed = [f"{ROOMS[name[:2].upper()]}/{name}" for group in GROUPS for name in group.names]
    files = [f"{p.parent.name}/{p.stem}" for p in RULES.rglob("*.py") if re.match(r"[a-z]{2}\d{3}_", p.name)]
    assert sorted(listed) == sorted(files)


def test_a_file_bears_its_cards_code() -> None:
    for group in GROUPS:
        for name, rule in zip(group.names, group.rules, strict=True):
            assert rule.CARD.code == name[:5].upper()
            assert rule.__doc__.startswith(rule.CARD.code)


@pytest.mark.parametrize("card", cards(), ids=lambda card: card.code)
def test_a_department_is_told_what_it_can_do(card: Card) -> None:
    for text in (card.says, card.fix, *card.fixes.values()):
        for side in (text.zh, text.en):
            assert not NOT_FOR_DEPARTMENTS.search(side), side


@pytest.mark.parametrize("card", cards(), ids=lambda card: card.code)
def test_both_languages_need_the_same_values_and_the_department_no_others(card: Card) -> None:
    ours = (card.says_coordinator or card.says, card.fix_coordinator or card.fix)
    asked = [_names(text.zh) for text in ours]
    assert [_names(text.en) for text in ours] == asked
    assert _names(card.says.zh) == _names(card.says.en) <= asked[0]
    assert all(_names(fix.zh) == _names(fix.en) for fix in (card.fix, *card.fixes.values()))


def test_every_text_of_a_card_is_a_whole_pair() -> None:
    for card in cards():
        for name in ("name", "what", "why", "basis", "says", "fix", "example"):
            pair = getattr(card, name)
            assert isinstance(pair, Pair) and pair.zh and pair.en, (card.code, name)


def test_a_rule_is_of_a_release_that_was_or_comes_next() -> None:
    major, minor = _release(__version__)
    late = [card.code for card in cards() if _release(card.since) > (major, minor + 1)]
    assert late == []


def _release(version: str) -> tuple[int, int]:
    major, minor = version.split(".")[:2]
    return int(major), int(minor)


def _names(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}
