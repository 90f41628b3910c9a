"""On which paper a sheet is printed, and where it is broken: between groups, never smaller than can be read."""

from __future__ import annotations

import pytest

from xltools.writing.consolidated.headers import column_width, header_lines, header_text
from xltools.writing.consolidated.paper import A3, A4, BROKEN, SMALLEST, paper_for
from xltools.writing.consolidated.plan import Grid, GridColumn


def grid(*groups: tuple[str, int], width: float = 12.0, portrait: bool = False) -> Grid:
    columns = [GridColumn("name", "部门名称", "text", ["甲"], width=30)]
    for group, count in groups:
        columns += [GridColumn(f"{group}{n}", "金额", "amount", [1.0], group, width) for n in range(count)]
    return Grid("表", "表", columns, keep=1, portrait=portrait)


def test_small_sheets_stay_on_a4_and_wider_ones_go_to_a3() -> None:
    assert paper_for(grid(("收入", 3), portrait=True)).lying is False
    small, wide = paper_for(grid(("收入", 6))), paper_for(grid(("收入", 18)))
    assert (small.size, small.lying, small.breaks) == (A4, True, ())
    assert (wide.size, wide.lying, wide.breaks) == (A3, True, ()) and wide.scale >= SMALLEST


def test_what_no_paper_holds_is_broken_before_a_group() -> None:
    paper = paper_for(grid(("收入", 9), ("支出", 9), ("预算", 9)))
    assert paper.size == A3 and paper.scale == BROKEN
    assert paper.breaks and set(paper.breaks) <= {1 + 9, 1 + 18}


def test_a_group_wider_than_a_page_is_broken_inside() -> None:
    paper = paper_for(grid(("收入", 40)))
    assert len(paper.breaks) >= 1 and all(1 < at < 41 for at in paper.breaks)


@pytest.mark.parametrize(
    ("title", "width", "said"),
    [
        ("收入总计（万元）", 10, "收入总计\n（万元）"),
        ("收入总计（万元）", 20, "收入总计（万元）"),
        ("部门名称", 4, "部门名称"),
        ("（万元）", 3, "（万元）"),
    ],
)
def test_a_unit_never_breaks(title: str, width: float, said: str) -> None:
    column = GridColumn("x", title, "amount", [], width=width)
    assert header_text(column) == said
    assert column_width(column) >= 8 or "（" not in title
    assert header_lines(column) >= said.count("\n") + 1
