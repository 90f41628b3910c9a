"""Workbooks re-saved by LibreOffice and by openpyxl check like the original, but for what a re-save explains; what
other programs saved once (scripts/make_resaved.js) checks clean, or is named as what it is."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.support.forms import FORM_IDS, built, by_itself, checked, form, places, room
from tests.support.libreoffice import convert, need_libreoffice
from tests.support.samples import CLEAN, PLANTED, sample
from xltools.errors import UnreadableFile
from xltools.findings.report import Checked
from xltools.intake.files.bounds import bounds
from xltools.intake.files.retold import retold
from xltools.intake.open import load_bytes, refuse_lost_numbers
from xltools.intake.xlsx.book import read_book
from xltools.review.one_workbook import check_submission

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


SAVED = sorted((Path(__file__).parent / "resaved").iterdir())
EXPLAINED = RESAVE_NOTICES | {"ST007", "IN011", "ST025"}
"""The same, and what these programs leave out: protection, what an old format does not hold; the edition of that day."""


@pytest.mark.parametrize("path", [p for p in SAVED if p.suffix != ".gnumeric"], ids=lambda p: p.name)
def test_what_other_programs_save_checks_clean(path: Path) -> None:
    sent = load_bytes(path.read_bytes(), path.name, room())
    result = by_itself(check_submission(sent, room()))
    found = [f for f in result.findings if f.is_open]
    assert {f.code for f in found if f.level == "notice"} <= EXPLAINED
    assert (places(found, "error", "confirm"), result.status) == ([], "passed")
    reference = load_bytes((path.parent / "exceljs.xlsx").read_bytes(), "exceljs.xlsx", room())
    expected = check_submission(reference, room())
    assert (sent.values(), result.score) == (reference.values(), expected.score)


def test_a_gnumeric_workbook_is_named_as_what_it_is() -> None:
    data = next(p for p in SAVED if p.suffix == ".gnumeric").read_bytes()
    with pytest.raises(UnreadableFile) as error:
        load_bytes(data, "自评表.gnumeric", room())
    assert (error.value.reason, error.value.detail) == ("resaved", {"kind": "gnumeric"})


def test_what_a_program_writes_as_usual_is_not_told_anew() -> None:
    limits = bounds().file
    for path in SAVED:
        kind = path.suffix[1:]
        data = path.read_bytes()
        assert (retold(data, kind, limits) != data) == (kind in ("ods", "xlsb"))
        assert retold(retold(data, kind, limits), kind, limits) == retold(data, kind, limits)


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_numbers_that_a_format_lost_are_said_once(form_id: str) -> None:
    book, layout = read_book(built(form_id)), room().layout(form(form_id))
    refuse_lost_numbers(book, layout)
    for sheet in book.sheets:
        kept = {place: cell for place, cell in sheet.cells.items() if isinstance(cell.value, str) or place[1] == 1}
        sheet.cells = kept
    with pytest.raises(UnreadableFile, match="numbers_lost"):
        refuse_lost_numbers(book, layout)
