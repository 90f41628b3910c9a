"""A package with a part that leaves it, and one with a part of a name nobody knows."""

from __future__ import annotations

from tests.support.arrivals import Files, arrival
from tests.support.sent import packed, parts_of, workbook


@arrival("IN006", "a part that leaves the package")
def _() -> Files:
    return {"自评表.xlsx": packed(parts_of(workbook()) | {"../x.xml": b"<x/>"})}


@arrival("IN006", "an unknown part", told="")
def _() -> Files:
    return {"自评表.xlsx": packed(parts_of(workbook()) | {"xl/other.bin": b"x"})}
