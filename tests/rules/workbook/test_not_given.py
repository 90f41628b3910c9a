"""What is a person's name: one test of “nothing said” for names, telephone numbers and reasons."""

from __future__ import annotations

import pytest

from tests.support.forms import built, checked, clean, form
from xltools.sampling.base import laid_over

FORM = "guangdong-2023"


def _told(text: str) -> bool:
    person = form(FORM).plausible.common.persons[0]
    found = checked(built(FORM, laid_over(form(FORM), clean(FORM), {person: text}))).findings
    return any(f.code == "VA020" for f in found)


@pytest.mark.parametrize(
    "text", ["。", "——", "/", "一", "无此项", "（无）", "Ｎ／Ａ", "XXX", "同上", "待定", "123", "某某"]
)
def test_no_name(text: str) -> None:
    assert _told(text)


@pytest.mark.parametrize("text", ["吴无忌", "李莉莉", "王芳（财务股）", "Li", "买买提·吐尔逊"])
def test_a_name(text: str) -> None:
    assert not _told(text)
