"""A findings workbook whose columns were renamed is refused with each that is lost; columns of one's own are kept."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from xltools.errors import UsageError
from xltools.review.decisions import ID, NAME, REASON, SHEET, VERDICT, WAIVE
from xltools.review.typed import read_typed


def written(path: Path, titles: Sequence[str], *lines: Sequence[str]) -> Path:
    """Write a findings workbook with these columns and lines, the titles in the third row."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = SHEET
    for row in ((), ("一共 1 个问题",), titles, *lines):
        sheet.append(row)
    book.save(path)
    return path


def test_columns_of_the_coordinators_own_are_kept(tmp_path: Path) -> None:
    path = written(tmp_path / "a.xlsx", (ID, VERDICT, REASON, NAME, "备注"), ("1", WAIVE, "已核", "李", "电话问过"))
    (line,) = read_typed(path).lines.values()
    assert (line.decision.verdict, line.cells["备注"]) == (WAIVE, "电话问过")


def test_columns_that_are_lost_are_named_with_what_they_may_have_become(tmp_path: Path) -> None:
    path = written(tmp_path / "a.xlsx", (ID, "处理意见1", REASON), ("1", WAIVE, "已核"))
    with pytest.raises(UsageError) as caught:
        read_typed(path)
    assert str(caught.value).splitlines() == [
        f"处理意见文件 {path}：有 2 处错误",
        f"  {SHEET}：缺少“{VERDICT}”列（是否被改成了“处理意见1”？）；请不要删除或改名",
        f"  {SHEET}：缺少“{NAME}”列；请不要删除或改名",
    ]
    assert f"there is no column “{NAME}”" in caught.value.text("en")
