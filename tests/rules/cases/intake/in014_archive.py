"""An archive that was not downloaded whole, and one that was."""

from __future__ import annotations

from tests.support.arrivals import Files, arrival
from tests.support.sent import packed, workbook


@arrival("IN014", "half an archive", told="报送.zip")
def _() -> Files:
    whole = packed({"自评表.xlsx": workbook(), "说明.txt": b"x"})
    return {"报送.zip": whole[: len(whole) // 2]}


@arrival("IN014", "a whole archive", told="")
def _() -> Files:
    return {"报送.zip": packed({"自评表.xlsx": workbook()})}
