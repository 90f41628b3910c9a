"""A narrative that cannot be read, at which NA018 speaks; at a whole one it does not."""

from __future__ import annotations

from collections.abc import Mapping

from tests.support.text_cases import pair_of_clean, sent


@sent("NA018", "half a document")
def _() -> Mapping[str, bytes]:
    book, report = pair_of_clean()
    return {"000000_示例部门.xlsx": book, "000000_示例部门_自评报告.docx": report[: len(report) // 2]}


@sent("NA018", "a whole document", told=False)
def _() -> Mapping[str, bytes]:
    book, report = pair_of_clean()
    return {"000000_示例部门.xlsx": book, "000000_示例部门_自评报告.docx": report}
