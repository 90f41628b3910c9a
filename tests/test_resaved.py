"""Workbooks re-saved by LibreOffice and by openpyxl check like the original, but for what a re-save explains."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.support.forms import checked, places
from tests.support.libreoffice import convert, need_libreoffice
from tests.support.samples import CLEAN, PLANTED, sample
from xltools.findings.report import Checked

RESAVE_NOTICES = {"ST004", "ST005", "ST008"}
"""提示 that a re-save explains: formulas without values, values out of date, a drop-down that did not survive."""


def _same(original: Checked, again: Checked) -> None:
    kept = [p for p in places(again.findings) if p[0] not in RESAVE_NOTICES]
    assert kept == places(original.findings)
    assert places(again.findings, "error", "confirm") == places(original.findings, "error", "confirm")
    assert (again.score, again.grade, again.figures) == (original.score, original.grade, original.figures)


@pytest.mark.parametrize("code", [*CLEAN, *PLANTED])
def test_openpyxl(code: str, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    openpyxl.load_workbook(sample(code)).save(path)
    again = checked(path.read_bytes())
    _same(checked(sample(code).read_bytes()), again)
    assert [f.code for f in again.findings if f.code == "ST004"] == ["ST004"]


def test_libreoffice(tmp_path: Path) -> None:
    need_libreoffice()
    codes = [*CLEAN, *PLANTED]
    sources = []
    for code in codes:
        (tmp_path / f"{code}.xlsx").write_bytes(sample(code).read_bytes())
        sources.append(tmp_path / f"{code}.xlsx")
    for code, path in zip(codes, convert(sources, tmp_path / "out"), strict=True):
        _same(checked(sample(code).read_bytes()), checked(path.read_bytes()))
