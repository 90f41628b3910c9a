"""A package with a part that leaves it, and one with a part of a name nobody knows."""

from __future__ import annotations

from tests.support.arrivals import Files, arrival
from tests.support.sent import ole2, packed, parts_of, workbook


@arrival("IN006", "a part that leaves the package")
def _() -> Files:
    return {"自评表.xlsx": packed(parts_of(workbook()) | {"../x.xml": b"<x/>"})}


@arrival("IN006", "an unknown part", told="")
def _() -> Files:
    return {"自评表.xlsx": packed(parts_of(workbook()) | {"xl/other.bin": b"x"})}


@arrival("IN006", "a password of two thousand million rounds", passwords=("秘密123",))
def _() -> Files:
    header = b'<keyData spinCount="2147483647"/>'
    return {"自评表.xlsx": ole2("EncryptionInfo", "EncryptedPackage") + header}
