"""A workbook with a password to open, and one without."""

from __future__ import annotations

from tests.support.arrivals import Files, arrival
from tests.support.sent import encrypted, workbook


@arrival("IN003", "a password to open")
def _() -> Files:
    return {"自评表.xlsx": encrypted(workbook(), "秘密123")}


@arrival("IN003", "no password", told="")
def _() -> Files:
    return {"自评表.xlsx": workbook()}
