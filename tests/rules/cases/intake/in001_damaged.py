"""A damaged workbook, and one with a byte too many behind its end."""

from __future__ import annotations

from tests.support.arrivals import Files, arrival
from tests.support.sent import workbook


@arrival("IN001", "cut in the middle")
def _() -> Files:
    return {"自评表.xlsx": workbook()[:-2000]}


@arrival("IN001", "a byte behind the end", told="")
def _() -> Files:
    return {"自评表.xlsx": workbook() + b"\n"}
