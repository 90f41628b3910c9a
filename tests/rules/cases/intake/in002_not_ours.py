"""A table of the department's own making, and a workbook that was sent out."""

from __future__ import annotations

import io

import openpyxl

from tests.support.arrivals import Files, arrival
from tests.support.sent import workbook


def _own_table() -> bytes:
    book, stream = openpyxl.Workbook(), io.BytesIO()
    book.worksheets[0]["A1"] = "2023年支出汇总"
    book.save(stream)
    return stream.getvalue()


@arrival("IN002", "a table of their own")
def _() -> Files:
    return {"自评表.xlsx": _own_table()}


@arrival("IN002", "a form that was sent out", told="")
def _() -> Files:
    return {"自评表.xlsx": workbook()}
