"""An empty file and a whole one."""

from __future__ import annotations

from tests.support.arrivals import Files, arrival
from tests.support.sent import workbook


@arrival("IN008", "no byte")
def _() -> Files:
    return {"自评表.xlsx": b""}


@arrival("IN008", "a whole one", told="")
def _() -> Files:
    return {"自评表.xlsx": workbook()}
