"""A workbook whose reading ends at the bound of time, and the same within it."""

from __future__ import annotations

from contextlib import AbstractContextManager
from unittest.mock import patch

from tests.support.arrivals import Files, arrival
from tests.support.sent import workbook
from xltools.errors import UnreadableFile
from xltools.review import one_workbook


def _too_slow() -> AbstractContextManager[object]:
    """Reading that was stopped, as the watched worker tells it."""
    return patch.object(one_workbook, "load", side_effect=UnreadableFile("too_slow", seconds=30))


@arrival("IN013", "reading was stopped", around=_too_slow)
def _() -> Files:
    return {"自评表.xlsx": workbook()}


@arrival("IN013", "reading ended", told="")
def _() -> Files:
    return {"自评表.xlsx": workbook()}
