"""A workbook of a form that is not on hand, and one of a form that is."""

from __future__ import annotations

import io

import openpyxl

from tests.support.arrivals import Files, arrival
from tests.support.forms import form
from tests.support.sent import FORM, workbook


def _of_another_place() -> bytes:
    book, stream = openpyxl.Workbook(), io.BytesIO()
    book.create_sheet(form(FORM).meta_sheet).append(["form", "elsewhere-2019"])
    book.save(stream)
    return stream.getvalue()


@arrival("IN009", "a form of another place")
def _() -> Files:
    return {"自评表.xlsx": _of_another_place()}


@arrival("IN009", "a form on hand", told="")
def _() -> Files:
    return {"自评表.xlsx": workbook()}
