"""Whose workbook it is that cannot be opened: by its file's name, where that tells just one department."""

from __future__ import annotations

import pytest

from xltools.findings.report import Checked
from xltools.intake.roster import Department, Roster
from xltools.review.by_file_name import department_named, name_unreadable

ROSTER = Roster(
    (Department("101001", "示例区教育局"), Department("101002", "示例区教育局机关"), Department("7", "示例区水务局"))
)


@pytest.mark.parametrize(
    ("file", "code"),
    [
        ("收件/101001_某某.xlsx", "101001"),
        ("收件/示例区教育局机关 自评表（最终）.xlsx", "101002"),
        ("示例区教育局/自评表.xlsx", "101001"),
        ("示例区水务局/101001.xlsx", "101001"),
        ("收件/2101001.xlsx", None),
        ("收件/7.xlsx", None),
        ("收件/101001和101002.xlsx", None),
        ("收件/自评表.xlsx", None),
    ],
)
def test_a_code_or_else_the_longest_name_tells_it(file: str, code: str | None) -> None:
    found = department_named(file, ROSTER)
    assert (None if found is None else found.code) == code


def test_only_what_was_not_read_is_named_by_its_file() -> None:
    read = Checked("101001.xlsx", "a", "guangdong-2023", "别的局", "9")
    locked = Checked("101001.xlsx", "b")
    name_unreadable([read, locked], ROSTER)
    assert (read.code, read.department) == ("9", "别的局")
    assert (locked.code, locked.department) == ("101001", "示例区教育局")
    unknown = Checked("101001.xlsx", "c")
    name_unreadable([unknown], None)
    assert unknown.code == ""
