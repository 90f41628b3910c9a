"""Whose workbook is it: copies of one department are told from two departments under one code."""

from __future__ import annotations

from pathlib import Path

import pytest

from xltools.errors import UsageError
from xltools.findings.report import Checked
from xltools.intake.directory import Directory, same_name
from xltools.intake.roster import Department, Roster, read_roster
from xltools.review.owners import assign_owners

ROSTER = Roster((Department("1", "区农业农村局"), Department("2", "区水务局")))


def owners(*people: tuple[str, str], roster: Roster | None = None) -> list[int]:
    """Return each workbook's department as the place of the first workbook of the same one."""
    found = [Checked(f"{n}.xlsx", str(n), "a form", name, code) for n, (code, name) in enumerate(people)]
    assign_owners(found, roster)
    return [next(n for n, other in enumerate(found) if other.owner == checked.owner) for checked in found]


@pytest.mark.parametrize(
    ("people", "roster", "expected"),
    [
        ([("1", "区农业农村局"), ("1", "区农业农村局")], None, [0, 0]),
        ([("1", "区农业农村局"), ("1", "农业局")], None, [0, 0]),
        ([("1", "区农业农村局"), ("1", "")], None, [0, 0]),
        ([("1", "区农业农村局"), ("1", "区水务局")], None, [0, 1]),
        ([("1", "区农业农村局"), ("1", "区水务局")], ROSTER, [0, 1]),
        ([("2", "区水利局"), ("2", "区水务局")], None, [0, 1]),
        ([("2", "区水利局"), ("2", "区水务局")], ROSTER, [0, 0]),
        ([("1", "区农业农村局"), ("", "区农业农村局")], None, [0, 0]),
        ([("", "甲局"), ("", "乙局"), ("", "甲局")], None, [0, 1, 0]),
        ([("", ""), ("", "")], None, [0, 1]),
        ([("1", "区农业农村局"), ("2", "区农业农村局")], None, [0, 1]),
        ([("1", "王\ue001局"), ("1", "王\ue002局"), ("1", "王\ue001局")], None, [0, 1, 0]),
        ([("1", "\U000f0001村"), ("1", "\U00100001村")], None, [0, 1]),
        ([("1", "𠮷镇"), ("1", "𡈽镇"), ("1", "㙟镇")], None, [0, 1, 2]),
        ([("1", "ＡＢ研究院"), ("1", "ab研究院")], None, [0, 0]),
    ],
)
def test_owners(people: list[tuple[str, str]], roster: Roster | None, expected: list[int]) -> None:
    assert owners(*people, roster=roster) == expected


def test_a_directory_takes_the_name_where_the_code_is_anothers() -> None:
    directory = Directory([("1", "区农业农村局", "a"), ("2", "区水务局", "b")])
    assert [
        directory.find(*p) for p in (("1", "农业局"), ("1", "区水务局"), ("1", "新设局"), ("", "区水务局"), ("9", "x"))
    ] == [
        "a",
        "b",
        "a",
        "b",
        None,
    ]


def test_names() -> None:
    assert same_name("区水务局", "示例区水务局（本级）") and same_name("农业局", "农业农村局")
    assert not same_name("区水务局", "区水利局") and not same_name("甲局", "乙局")


@pytest.mark.parametrize(
    ("text", "value"), [("2182.21", 2182.21), ("2,182.21", 2182.21), ("2182.21万元", 2182.21), ("—", None)]
)
def test_an_approved_figure_is_a_number_however_it_is_written(text: str, value: float | None, tmp_path: Path) -> None:
    path = tmp_path / "名册.csv"
    path.write_text(f'部门编码,部门名称,财政核定全年预算数\n1,甲局,"{text}"\n', encoding="gb18030")
    assert read_roster(path).departments[0].values.get("财政核定全年预算数") == value


def test_an_approved_figure_that_is_none_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "名册.csv"
    path.write_text("部门编码,部门名称,财政核定全年预算数\n1,甲局,待定\n", encoding="utf-8")
    with pytest.raises(UsageError, match="第 2 行的财政核定全年预算数“待定”不是金额"):
        read_roster(path)
