"""An encryption that would take years to undo, and an ordinary one."""

from __future__ import annotations

from tests.support.arrivals import Files, arrival
from tests.support.sent import encrypted, ole2, workbook


@arrival("IN013", "two thousand million rounds", passwords=("秘密123",))
def _() -> Files:
    header = b'<keyData spinCount="2147483647"/>'
    return {"自评表.xlsx": ole2("EncryptionInfo", "EncryptedPackage") + header}


@arrival("IN013", "an ordinary password", told="", passwords=("秘密123",))
def _() -> Files:
    return {"自评表.xlsx": encrypted(workbook(), "秘密123")}
