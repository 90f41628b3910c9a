"""Folding to a terminal's width: no line too wide, nothing lost, no sign opening a line that may not."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.forms import checked, wording
from tests.support.spoiled import spoiled
from xltools.bilingual import Lang
from xltools.findings.report import Report
from xltools.output.text import report_text
from xltools.output.wrap import NARROWEST, folded_line, folded_text
from xltools.width import display_width


def test_wide_characters_take_two_columns_and_colours_none() -> None:
    assert display_width("错误 ab") == 7
    assert display_width("\x1b[31m错误\x1b[0m") == 4
    assert display_width("\u200b甲\u0301") == 2


@pytest.mark.parametrize("width", [40, 57, 80, 100, 133])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_report_fits_any_terminal(width: int, lang: Lang) -> None:
    report = Report([checked(spoiled("guangdong-2023", seed).data) for seed in range(3)])
    text = report_text(report, wording(lang), colour=True)
    shown = folded_text(text, width)
    assert max(map(display_width, shown.split("\n"))) <= width
    assert _bare(shown) == _bare(text)
    for line in shown.split("\n"):
        assert line.strip()[:1] not in tuple("，。、；）”"), line


def test_without_a_width_nothing_changes() -> None:
    assert folded_text("长" * 200, None) == "长" * 200


@given(st.text(st.characters(codec="utf-8", exclude_characters="\n\r\x1b"), max_size=300), st.integers(1, 120))
def test_nothing_is_lost(text: str, width: int) -> None:
    lines = folded_line(text, width)
    assert _bare("".join(lines)) == _bare(text)
    assert len(lines) == 1 or all(display_width(line) <= max(width, NARROWEST) + 60 for line in lines)


def test_a_long_path_is_cut_rather_than_overflowing() -> None:
    lines = folded_line("× " + "a" * 150, 50)
    assert all(display_width(line) <= 50 for line in lines) and len(lines) >= 3


def _bare(text: str) -> str:
    return re.sub(r"[\s　]", "", text)
