"""A number that is shown as a date or time is told from one that is shown as a number, whatever the format's letters."""

from __future__ import annotations

import pytest

from xltools.intake.cells.moments import as_moment


@pytest.mark.parametrize(
    ("number", "code", "shown"),
    [
        (45047, "yyyy/m/d", "2023-05-01"),
        (45047, 'm"月"d"日"', "5月1日"),
        (45047, "[$-804]m月d日;@", "5月1日"),
        (45047, "d-mmm", "5月1日"),
        (45047.5, "yyyy/m/d h:mm", "2023-05-01"),
        (0.5, "h:mm", "12:00"),
        (0.354166667, "h:mm AM/PM", "8:30"),
        (1.25, "[h]:mm:ss", "30:00"),
        (0.5, "mm:ss.0", "12:00"),
        (0.5, '上午/下午h"时"mm"分"', "12:00"),
    ],
)
def test_moments(number: float, code: str, shown: str) -> None:
    assert as_moment(number, code, False) == shown


@pytest.mark.parametrize(
    "code",
    [
        *("", "General", "G/通用格式", "0", "0.00", "#,##0.00", "0.00%", "@", "# ?/?", "0.00E+00", "000000"),
        *("[Red]0.00;[Blue]-0.00", "0.00_);[Red]\\(0.00\\)", '0"人"', '"USD "0.00', '0.00"日"', "[>=100]0;0.00"),
        *("[DBNum1][$-804]General", "0.0_ ;[Red]\\-0.0\\ ", '_ "¥"* #,##0.00_ ', '"¥"#,##0;"¥"-#,##0', "0 \\d"),
    ],
)
def test_numbers_are_no_moments(code: str) -> None:
    assert as_moment(45047, code, False) == ""
