"""The committed samples, and what each must give."""

from __future__ import annotations

from pathlib import Path

from xltools.form import samples_folder

SENT = samples_folder() / "报送件"
ROSTER = samples_folder() / "名册.xlsx"

CLEAN = ("101001", "101002", "101003")
PLANTED: dict[str, tuple[str, str, str]] = {
    "101004": ("BA103", "收支情况", "B6"),
    "101005": ("EX104", "收支情况", "B34"),
    "101006": ("ST001", "自评评分表", "H8"),
    "101007": ("VA007", "收支情况", "B25"),
    "101008": ("SC101", "自评评分表", "H9"),
}


def sample(code: str) -> Path:
    """Return the workbook that the department of that code sent."""
    return next(SENT.glob(f"{code}_*.xlsx"))
