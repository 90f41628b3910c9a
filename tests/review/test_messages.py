"""Every message of the damage harness, in both languages: two lines of a console at most, no programmer's words."""

from __future__ import annotations

import os
import re

import msgspec
import pytest

import tests.support.damages  # noqa: F401 - registers the damages
from tests.support.forms import FORM_IDS, built, checked, said
from tests.support.spoiled import spoiled
from tests.support.stage import DAMAGES, NotHere, Stage
from xltools.bilingual import Lang
from xltools.findings.finding import Finding
from xltools.findings.values import Reader
from xltools.width import display_width

EVERY = os.environ.get("XLTOOLS_EVERY") == "1"
"""Every damage; by default each third."""
TWO_LINES = 240 - 26
"""Columns of two lines of a Windows console, less what stands before and behind: level, sheet and cell, code."""
PROGRAMMERS = re.compile(
    r"\b(None|True|False|nan|inf|null|NaN|Exception|Error:|object at|dict|list\[)|\\[unx]|0x[0-9a-f]"
)


@pytest.fixture(scope="module")
def findings() -> tuple[Finding, ...]:
    """Return the findings of every damage to a form's clean filling, and of submissions spoiled several times over."""
    found = [f for form_id in FORM_IDS for n in range(3) for f in checked(spoiled(form_id, n).data).findings]
    for number, damage in enumerate(DAMAGES[:: 1 if EVERY else 3]):
        for turn in range(len(FORM_IDS)):
            form_id = FORM_IDS[(number + turn) % len(FORM_IDS)]
            stage = Stage(form_id, "as-it-is")
            try:
                data, _ = damage.apply(stage)
            except NotHere:
                continue
            found += checked(built(form_id, stage.values) if data is None else data).findings
            break
    return tuple(found)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("reader", ["department", "coordinator"])
def test_a_message_takes_two_lines_at_most(findings: tuple[Finding, ...], lang: Lang, reader: Reader) -> None:
    widest: dict[str, tuple[int, str]] = {}
    for finding in findings:
        message = said(finding, lang, reader)
        width = display_width(message)
        if width > TWO_LINES:
            widest[finding.code] = max(widest.get(finding.code, (0, "")), (width, message))
    assert widest == {}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_programmers_words(findings: tuple[Finding, ...], lang: Lang) -> None:
    messages = [said(f, lang) for f in findings]
    assert [message for message in messages if PROGRAMMERS.search(message)] == []


def test_a_finding_survives_the_way_between_processes(findings: tuple[Finding, ...]) -> None:
    decode = msgspec.msgpack.Decoder(Finding).decode
    for finding in findings:
        assert decode(msgspec.msgpack.encode(finding)) == finding
