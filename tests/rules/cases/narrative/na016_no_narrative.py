"""A workbook without a narrative, at which NA016 speaks; with one it does not."""

from __future__ import annotations

from collections.abc import Mapping

from tests.support.text_cases import pair_of_clean, sent


@sent("NA016", "a workbook alone")
def _() -> Mapping[str, bytes]:
    return {"a.xlsx": pair_of_clean()[0]}


@sent("NA016", "a workbook and its narrative", told=False)
def _() -> Mapping[str, bytes]:
    book, report = pair_of_clean()
    return {"a.xlsx": book, "a.docx": report}
