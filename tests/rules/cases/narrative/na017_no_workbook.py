"""A narrative without a workbook, at which NA017 speaks; with one it does not."""

from __future__ import annotations

from collections.abc import Mapping

from tests.support.text_cases import pair_of_clean, sent


@sent("NA017", "a narrative alone")
def _() -> Mapping[str, bytes]:
    return {"a.docx": pair_of_clean()[1]}


@sent("NA017", "a narrative and its workbook", told=False)
def _() -> Mapping[str, bytes]:
    book, report = pair_of_clean()
    return {"a.xlsx": book, "a.docx": report}
