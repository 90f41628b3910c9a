"""A formula is written as the library would write it, newer functions included."""

from __future__ import annotations

import pytest
from xlsxwriter.worksheet import Worksheet

from tests.support.forms import FORM_IDS, form, room
from xltools.writing.workbook import Writer


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_formulas_of_a_form_are_written_as_the_library_would(form_id: str) -> None:
    sheet = Writer("").sheet("甲")
    formulas = room().layout(form(form_id)).formulas.values()
    assert len(formulas) > 100
    assert [t for t in formulas if sheet._prepare_formula(t) != Worksheet._prepare_formula(sheet, t)] == []


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("=SUM(A1:A2)", "SUM(A1:A2)"),
        ("=XLOOKUP(A1,B:B,C:C)", "_xlfn.XLOOKUP(A1,B:B,C:C)"),
        ("=SUM(FILTER(A1:A9,B1:B9>0))", "SUM(_xlfn._xlws.FILTER(A1:A9,B1:B9>0))"),
        ("{=SUM(A1:A2*B1:B2)}", "SUM(A1:A2*B1:B2)"),
    ],
)
def test_a_function_newer_than_the_files_we_write_gets_its_prefix(given: str, written: str) -> None:
    assert Writer("").sheet("甲")._prepare_formula(given) == written
