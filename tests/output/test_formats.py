"""Every format of a report: listed with its writer, and harmless whatever a sender's texts hold."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.support.forms import checked, wording
from tests.support.spoiled import spoiled
from xltools.bilingual import same
from xltools.errors import DefinitionError
from xltools.findings.report import Report
from xltools.output import formats
from xltools.output.formats import FORMATS, Format, pieces
from xltools.output.wrap import Screen

LIVE = "\x1b]0;x\x07\u202e\x00\u200b"


def hostile() -> Report:
    """A report whose every sender's word holds what a terminal acts upon."""
    submission = checked(spoiled("guangdong-2023", 1).data)
    submission.file, submission.department = f"甲{LIVE}.xlsx", f"乙{LIVE}局"
    live = {"explanation": f"原因{LIVE}", "field": same(f"丙{LIVE}"), "hint": same(f"丁{LIVE}")}
    submission.findings = [replace(f, file=submission.file, **live) for f in submission.findings]
    return Report([submission])


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("screen", [Screen(), Screen(80, True)], ids=["file", "screen"])
def test_no_format_lets_a_senders_word_act(name: str, screen: Screen) -> None:
    text = "".join(pieces(name, hostile(), wording(), screen))
    assert "甲" in text and "局" in text, "every format tells of each submission its file and its department"
    assert not set(LIVE.replace("\x1b", "")) & set(text) - set("]0;x")
    assert "\x1b]" not in text


def test_what_a_writer_forgot_is_made_harmless(monkeypatch: pytest.MonkeyPatch) -> None:
    from xltools.output import text

    monkeypatch.setattr(text, "pieces", lambda *_: iter([f"\x1b[31m红\x1b[0m{LIVE}\n"]))
    assert "".join(pieces("text", Report([]), wording())) == "\x1b[31m红\x1b[0m]0;x\n"


def test_a_format_without_its_writer_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(FORMATS, "yaml", Format((".yaml",), "nowhere"))
    with pytest.raises(DefinitionError) as caught:
        formats._demand_whole()
    assert "nowhere.py" in str(caught.value)


def test_an_ending_of_two_formats_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(FORMATS, "markdown", Format((".md",), "text"))
    with pytest.raises(DefinitionError) as caught:
        formats._demand_whole()
    assert ".md" in str(caught.value)


def test_every_file_of_a_format_stands_beside_the_list() -> None:
    home = Path(formats.__file__).parent
    assert all((home / f"{one.module}.py").is_file() for one in FORMATS.values())
