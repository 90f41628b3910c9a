"""A picture that calls itself a workbook; beside a workbook a picture is an attachment."""

from __future__ import annotations

from tests.support.arrivals import Files, arrival
from tests.support.sent import workbook


@arrival("IN007", "a picture")
def _() -> Files:
    return {"自评表.xlsx": b"\x89PNG\r\n\x1a\n"}


@arrival("IN007", "a picture by its own name", told="")
def _() -> Files:
    return {"照片.png": b"\x89PNG\r\n\x1a\n", "自评表.xlsx": workbook()}
