"""Spreadsheets in a format that is not read, a web page that calls itself a workbook, and a workbook that calls itself .xls."""

from __future__ import annotations

import gzip

from tests.support.arrivals import Files, arrival
from tests.support.sent import workbook


@arrival("IN004", "a web page")
def _() -> Files:
    return {"自评表.xlsx": "<html><body><table><tr><td>收入</td></tr></table>".encode("gbk")}


@arrival("IN004", "a gnumeric spreadsheet among workbooks", told="表.gnumeric")
def _() -> Files:
    made = gzip.compress(b'<?xml version="1.0"?><gnm:Workbook xmlns:gnm="http://www.gnumeric.org/v10.dtd"/>')
    return {"表.gnumeric": made, "自评表.xlsx": workbook()}


@arrival("IN004", "a flat OpenDocument spreadsheet among workbooks", told="表.fods")
def _() -> Files:
    made = b'<?xml version="1.0"?><office:document office:mimetype="application/vnd.oasis.opendocument.spreadsheet"/>'
    return {"表.fods": made, "自评表.xlsx": workbook()}


@arrival("IN004", "another ending", told="")
def _() -> Files:
    return {"自评表.xls": workbook()}
