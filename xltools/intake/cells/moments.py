"""Tells when a number is shown as a date or a time of day, and as which one: what the sender saw in the cell."""

from __future__ import annotations

import re
from functools import lru_cache

from xltools.intake.cells.written import read_date

_WORDS = re.compile(r'\\.|_.|\*.|"[^"年月日时分秒]{0,60}"|\[(?!h{1,9}\]|m{1,9}\]|s{1,9}\])[^\]]{0,60}\]')
"""What a number format shows as it stands, or not at all: its letters mean no date."""
_DIGITS = re.compile(r"[#?]|e\+|(?<!s\.)(?<!\.0)0|general")
"""What a format of a number has, and no format of a date or time (ss.0 shows tenths of a second)."""


@lru_cache(maxsize=256)
def _parts(code: str) -> tuple[bool, bool, bool]:
    """Return whether a number format shows a year, a month with its day, a time of day."""
    plain = _WORDS.sub("", code.split(";")[0]).lower()
    if _DIGITS.search(plain):
        return False, False, False
    return "y" in plain, "d" in plain or "年" in plain or "月" in plain, "h" in plain or "s" in plain


def as_moment(number: float, code: str, date1904: bool) -> str:
    """Return the date or time that a number with this format is shown as (2024-05-01, 5月1日, 12:00), "" for none."""
    year, day, clock = _parts(code)
    if year or day:
        date, _ = read_date(number, date1904, True)
        if date is None:
            return ""
        return date.isoformat() if year else f"{date.month}月{date.day}日"
    if clock and 0 <= number < 1e6:
        minutes = round(number * 24 * 60)
        return f"{minutes // 60}:{minutes % 60:02}"
    return ""
