"""A report of an earlier round is read at the cost of its bytes, and refused in one message when it is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from xltools.errors import UsageError
from xltools.review.earlier_report import EXPLAINED, read_report

HEAD = '{"schema": "xltools.report/1", "submissions": [], "findings": ['
WHOLE = (
    '{"code": "BA103", "state": "open", "file": "甲.xlsx", "department": "甲", "sheet": "表", "cell": "A1", "more": 1}'
)


def test_a_report_is_read_with_a_mark_and_with_keys_of_later(tmp_path: Path) -> None:
    path = tmp_path / "上轮.json"
    path.write_text(HEAD + f"{WHOLE}, {WHOLE}]}}", encoding="utf-8-sig")
    assert [f.cell for f in read_report(path).findings] == ["A1", "A1"]


@pytest.mark.parametrize("count", [3, 10_000, EXPLAINED // 10])
def test_one_that_is_none_is_refused_whatever_its_length(count: int, tmp_path: Path) -> None:
    path = tmp_path / "上轮.json"
    path.write_text(HEAD + '{"code":"a"},' * count + "{}]}", encoding="utf-8")
    with pytest.raises(UsageError, match="审核报告") as caught:
        read_report(path)
    assert str(caught.value).count("\n") <= 22


@pytest.mark.parametrize("text", ["[" * 100_000, HEAD + '{"code": "\\ud800"}]}', HEAD + "NaN]}", "\xff", ""])
def test_what_is_no_json(text: str, tmp_path: Path) -> None:
    path = tmp_path / "上轮.json"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(UsageError, match="审核报告"):
        read_report(path)
