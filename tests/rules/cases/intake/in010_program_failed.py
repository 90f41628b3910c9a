"""A workbook on which the program itself fails, and one on which it does not."""

from __future__ import annotations

from contextlib import AbstractContextManager
from unittest.mock import patch

from tests.support.arrivals import Files, arrival
from tests.support.sent import workbook
from xltools.recalc.engine import Model


def _failing() -> AbstractContextManager[object]:
    return patch.object(Model, "evaluate", side_effect=RuntimeError("an engine that fails"))


@arrival("IN010", "the engine fails", around=_failing)
def _() -> Files:
    return {"自评表.xlsx": workbook()}


@arrival("IN010", "the engine works", told="")
def _() -> Files:
    return {"自评表.xlsx": workbook()}
