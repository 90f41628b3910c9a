"""A workbook saved in a format that keeps no names and formulas we can see, and the same as .xlsx."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from tests.support.arrivals import Files, arrival
from tests.support.libreoffice import convert, need_libreoffice
from tests.support.sent import workbook


@arrival("IN011", "saved as xls", told="自评表.xls")
def _() -> Files:
    need_libreoffice()
    with TemporaryDirectory() as folder:
        sent = Path(folder) / "自评表.xlsx"
        sent.write_bytes(workbook())
        return {"自评表.xls": convert([sent], Path(folder) / "xls", "xls")[0].read_bytes()}


@arrival("IN011", "as it was sent out", told="")
def _() -> Files:
    return {"自评表.xlsx": workbook()}
