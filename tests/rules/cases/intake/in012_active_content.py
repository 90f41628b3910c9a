"""A workbook with macros, and one with a picture."""

from __future__ import annotations

from tests.support.arrivals import Files, arrival
from tests.support.sent import packed, parts_of, workbook


@arrival("IN012", "macros")
def _() -> Files:
    return {"自评表.xlsx": packed(parts_of(workbook()) | {"xl/vbaProject.bin": b"x"})}


@arrival("IN012", "a picture", told="")
def _() -> Files:
    return {"自评表.xlsx": packed(parts_of(workbook()) | {"xl/media/image1.png": b"x"})}
