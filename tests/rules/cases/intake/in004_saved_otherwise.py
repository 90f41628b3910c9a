"""A web page that calls itself a workbook, and a workbook that calls itself .xls."""

from __future__ import annotations

from tests.support.arrivals import Files, arrival
from tests.support.sent import workbook


@arrival("IN004", "a web page")
def _() -> Files:
    return {"自评表.xlsx": "<html><body><table><tr><td>收入</td></tr></table>".encode("gbk")}


@arrival("IN004", "another ending", told="")
def _() -> Files:
    return {"自评表.xls": workbook()}
