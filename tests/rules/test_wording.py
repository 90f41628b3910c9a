"""One finding, said in each language and to each reader."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.support.forms import FORM_IDS, room, said
from xltools.bilingual import Lang, Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.findings.texts import figure
from xltools.findings.values import Figure, FileName, Joined, Quoted, Reader, Typed, Value
from xltools.findings.values import said as value_said
from xltools.rules.catalogue import catalogue

TWICE = Finding(
    code="BT002", level="error", values={"others": Joined((FileName("甲/乙.zip/一.xlsx"), FileName("二.xlsx")))}
)


@pytest.mark.parametrize(
    ("lang", "reader", "expected"),
    [
        ("zh", "coordinator", "这个部门还报送了 甲/乙.zip/一.xlsx、二.xlsx，内容不同"),
        ("zh", "department", "你单位还报送了 一.xlsx、二.xlsx，内容不同"),
        ("en", "coordinator", "this department also sent 甲/乙.zip/一.xlsx, 二.xlsx, with other content"),
        ("en", "department", "you also sent 一.xlsx, 二.xlsx, with other content"),
    ],
)
def test_a_department_sees_names_the_coordinator_paths(lang: Lang, reader: Reader, expected: str) -> None:
    assert said(TWICE, lang, reader).startswith(expected)


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        (Figure(1250.184, 2, "万元"), "1,250.18 万元", "1,250.18 万元"),
        (Figure(None), "空", "blank"),
        (Figure(True), "是", "yes"),
        (Typed(2180.0), "“2180”", "“2180”"),
        (Quoted("多 \n 行"), "“多 行”", "“多 行”"),
        (Joined((Pair("甲", "a"), 3), "；", "; "), "甲；3", "a; 3"),
    ],
)
def test_values_are_said_in_the_language_asked_for(value: Value, zh: str, en: str) -> None:
    assert value_said(value, "zh", "coordinator") == zh
    assert value_said(value, "en", "coordinator") == en


def test_a_narrative_finding_begins_with_its_place() -> None:
    found = Finding(
        code="NA013", level="confirm", file="甲/报告.docx", place=Pair("全文", "the whole"), values={"part": "问题"}
    )
    assert said(found).startswith("《报告.docx》全文：没有找到“问题”这一部分。")
    assert said(found, "en").startswith("报告.docx, the whole: the section “问题” was not found. ")


def test_what_a_sender_typed_is_no_place_to_fill() -> None:
    found = Finding(
        code="VA003", level="error", field=Pair("{x}", "{x}"), values={"there": Typed("{label}"), "choices": ""}
    )
    assert said(found).startswith("{x}填的是“{label}”")


def test_figures_of_all_sizes_keep_their_digits() -> None:
    assert figure(0.5, 0) == "0.5" and figure(-1234.5, 1, "%") == "-1,234.5%"


OURS = re.compile(
    r"--|名册|选项(?!、)|文件夹|豁免|xltools|命令|处理意见|审核结果|汇总工作簿|roster|folder|option|waive|findings workbook",
    re.IGNORECASE,
)
"""What only the coordinator has to do with."""
THEIRS = re.compile(r"你单位|贵单位|联系财政部门说明|tell the bureau|you also")
"""What is said to a department."""
NEVER_SENT = ("BT010", "BT011")
"""Findings about the coordinator's own decisions."""


def _cards() -> list[Card]:
    return list({card.code: card for card in catalogue([room().form(f) for f in FORM_IDS]).values()}.values())


def _said(card: Card, reader: Reader) -> Iterator[str]:
    ours = reader == "coordinator"
    says = (card.says_coordinator if ours else None) or card.says
    fix = (card.fix_coordinator if ours else None) or card.fix
    for pair in (says, fix, *card.fixes.values(), card.says_awaiting, card.says_explained):
        if pair is not None:
            yield from (pair.zh, pair.en)


def test_no_card_speaks_to_a_department_of_what_only_the_coordinator_has() -> None:
    cards = [card for card in _cards() if card.code not in NEVER_SENT]
    assert len(cards) > 150
    wrong = [(card.code, text) for card in cards for text in _said(card, "department") if OURS.search(text)]
    assert not wrong, wrong


def test_no_card_speaks_to_the_coordinator_as_to_a_department() -> None:
    wrong = [(card.code, text) for card in _cards() for text in _said(card, "coordinator") if THEIRS.search(text)]
    assert not wrong, wrong
