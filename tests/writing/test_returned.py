"""Return copies of spoiled submissions: LibreOffice recalculates them, staff correct them, nothing is left marked."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.support.damage import Package
from tests.support.forms import FORM_IDS, built, checked, clean, form, room, said, wording
from tests.support.libreoffice import convert
from tests.support.spoiled import LIVE, Spoiled, spoiled
from xltools.findings.report import Checked
from xltools.form import model as m
from xltools.form.address import Ref, parse_a1
from xltools.form.layout import Key
from xltools.intake.binding.returned_sheets import (
    ASIDE_SHEET,
    BACK,
    CODE,
    EXPECTED,
    ITEM,
    ITEMS_BETWEEN,
    LIST_HEADERS,
    LIST_SHEET,
    NEXT,
    PLACE,
    SAID,
    STATE,
)
from xltools.intake.open import load_bytes
from xltools.intake.roster import Department
from xltools.intake.submission import Submission
from xltools.intake.xlsx.book import read_book
from xltools.intake.xlsx.model import Sheet
from xltools.jobs.returns import goes_back
from xltools.recalc.engine import serial
from xltools.rules.workbook.altered import canonical
from xltools.sampling.base import laid_over
from xltools.writing.department.builder import blank
from xltools.writing.department.make import workbook
from xltools.writing.return_copy import status_formulas as standing
from xltools.writing.return_copy.book import return_copy

COUNT = int(os.environ.get("XLTOOLS_SPOILED", "3"))
"""Spoiled submissions a form (XLTOOLS_SPOILED=67 makes 201 of three forms)."""

SIGN, OPEN = re.compile(r"(?:^|  )([×●] \S+)", re.MULTILINE), re.compile("|".join(standing.OPEN_WORDS.values()))
"""What a marked cell shows before its value (not the “× 100” within a text), and what 问题清单 says of a line that is not settled."""


@dataclass
class Case:
    """One submission on its way: as sent, as checked, as returned."""

    sent: Spoiled
    submission: Submission
    result: Checked
    copy: bytes


@cache
def cases() -> tuple[Case, ...]:
    made = []
    for form_id in FORM_IDS:
        for seed in range(COUNT):
            sent = spoiled(form_id, seed)
            submission = load_bytes(sent.data, f"{sent.name}.xlsx", room())
            result = checked(sent.data, shown=f"{sent.name}.xlsx")
            made.append(Case(sent, submission, result, return_copy(room(), submission, result, wording())))
    return tuple(made)


def lines(data: bytes) -> Iterator[dict[str, Any]]:
    """Yield the lines of 问题清单 as title → value, read by our own reader."""
    sheet = next(s for s in read_book(data).sheets if s.name == LIST_SHEET)
    rows: dict[int, dict[int, Any]] = {}
    for (row, column), cell in sheet.cells.items():
        rows.setdefault(row, {})[column] = cell.value
    header = next(r for r, line in sorted(rows.items()) if PLACE in line.values())
    for row in sorted(r for r in rows if r > header):
        yield {title: rows[row].get(column) for column, title in enumerate(LIST_HEADERS, start=1)}


def sheets_of(data: bytes) -> dict[str, Sheet]:
    return {s.name: s for s in read_book(data).sheets}


def same(sent: object, now: object) -> bool:
    if isinstance(sent, int | float) and isinstance(now, int | float):
        return abs(sent - now) <= 1e-12 * max(1.0, abs(sent))
    return sent == now


@pytest.fixture(scope="module")
def recalculated(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    folder = tmp_path_factory.mktemp("returned")
    files = []
    for case in cases():
        file = folder / f"{case.sent.name}.xlsx"
        file.write_bytes(case.copy)
        files.append(file)
    return [made.read_bytes() for made in convert(files, folder / "out")]


def test_spoiled_submissions_are_returned_at_all() -> None:
    assert len(cases()) == COUNT * len(FORM_IDS)
    kinds = {f.code for case in cases() for f in case.result.findings}
    assert {"VA001", "VA002", "ST001", "ST003"} <= kinds
    assert sum(len(case.result.findings) for case in cases()) > 3 * len(cases())


def test_libreoffice_sees_the_senders_values(recalculated: list[bytes]) -> None:
    for case, data in zip(cases(), recalculated, strict=True):
        back = load_bytes(data, "back", room())
        sent = case.submission
        for key, reading in sent.readings.items():
            if key in back.readings:
                now = back.readings[key].raw
                assert same(_typed(reading.raw, reading.value, reading.habits), now), (case.sent.name, key, now)
            else:
                raise AssertionError(f"{case.sent.name}: {key} was lost")
        assert set(back.readings) == set(sent.readings), case.sent.name


def _typed(raw: object, value: object, habits: tuple[str, ...]) -> object:
    if isinstance(raw, int | float) and "percent" in habits:
        return f"{value}%"
    return raw


def test_every_formula_is_the_templates(recalculated: list[bytes]) -> None:
    for case, data in zip(cases(), recalculated, strict=True):
        back = load_bytes(data, "back", room())
        for ref, formula in back.layout.formulas.items():
            found = back.computed[ref].formula
            assert found is not None and canonical(found) == canonical(formula[1:]), (case.sent.name, ref, found)
        codes = {f.code for f in checked(data).findings}
        assert not codes & {"ST001", "ST002", "ST003", "ST005", "ST007"}, (case.sent.name, codes)


def test_the_cached_values_are_what_libreoffice_computes(recalculated: list[bytes]) -> None:
    for case, data in zip(cases(), recalculated, strict=True):
        before = {name: s.cells for name, s in sheets_of(case.copy).items()}
        for name, sheet in sheets_of(data).items():
            for place, cell in sheet.cells.items():
                if cell.formula is None:
                    continue
                was = before[name][place].value
                assert same(was or "", cell.value or "") or same(was or 0, cell.value or 0), (
                    case.sent.name,
                    name,
                    place,
                    was,
                    cell.value,
                )


def test_protection_and_validations_are_a_fresh_templates() -> None:
    for case in cases():
        layout = room().layout(form(case.sent.form_id), case.submission.layout.capacities)
        fresh, copy = sheets_of(blank(layout)), sheets_of(case.copy)
        for name, sheet in fresh.items():
            assert copy[name].protected == sheet.protected, (case.sent.name, name)
            assert copy[name].validations == sheet.validations, (case.sent.name, name)
            assert copy[name].state == sheet.state


def test_every_finding_has_its_line_its_link_its_comment_and_its_mark() -> None:
    for case in cases():
        book = openpyxl.load_workbook(io.BytesIO(case.copy))
        page = book[LIST_SHEET]
        listed = list(lines(case.copy))
        told = sum(len(str(line[ITEM]).split(ITEMS_BETWEEN)) for line in listed)
        assert told == len(case.result.findings), case.sent.name
        assert book.sheetnames[0] == LIST_SHEET and book.active.title == LIST_SHEET
        for number, line in enumerate(listed, start=1):
            place = str(line[PLACE])
            sheet, _, cell = place.rpartition("!")
            row = 5 + number
            if not sheet:
                continue
            link = page.cell(row, LIST_HEADERS.index(PLACE) + 1).hyperlink
            assert link is not None and link.location.replace("'", "") == place, (case.sent.name, place)
            assert parse_a1(cell) is not None and sheet in book.sheetnames
            comment = book[sheet][cell].comment
            said_there = comment is not None and f"第 {number} 项" in comment.text
            settled = str(line[STATE]).startswith("√")
            assert said_there != (line[STATE] in standing.FINAL), (case.sent.name, place)
            if settled:
                continue
            assert _marked(book[sheet], cell, f"问题状态_{number}="), (case.sent.name, place, line)


def test_one_figure_a_cell_is_told_and_none_where_words_are_missing() -> None:
    figure = re.compile(r"[0-9]")
    for case in cases():
        listed = list(lines(case.copy))
        told = [line[PLACE] for line in listed if figure.match(str(line[EXPECTED] or ""))]
        assert len(told) == len(set(told)), case.sent.name
        for line in listed:
            if "没有写" in str(line[SAID]):
                assert not figure.search(str(line[EXPECTED] or "")), (case.sent.name, line)


def test_links_lead_from_each_marked_row_to_the_next_and_back_to_the_list() -> None:
    for case in cases():
        book = openpyxl.load_workbook(io.BytesIO(case.copy))
        marked, linked = set[tuple[str, int]](), dict[tuple[str, int], str]()
        for line in lines(case.copy):
            sheet, _, cell = str(line[PLACE]).rpartition("!")
            at = parse_a1(cell)
            if at is not None and str(line[STATE]).startswith(tuple(standing.OPEN_WORDS.values())):
                marked.add((sheet, at[0]))
        for page in book.worksheets[1:]:
            for row in page.iter_rows():
                for cell in (c for c in row if c.value in (NEXT, BACK)):
                    linked[page.title, cell.row] = cell.hyperlink.location.replace("'", "")
        assert marked <= linked.keys(), (case.sent.name, marked - linked.keys())
        order = [sheet.title for sheet in book.worksheets]
        turns = sorted(linked, key=lambda place: (order.index(place[0]), place[1]))
        for place, follower in pairwise(turns):
            sheet, _, cell = linked[place].partition("!")
            assert (sheet, int(re.sub(r"\D", "", cell))) == follower
        assert not turns or linked[turns[-1]] == f"{LIST_SHEET}!A1"
        again = load_bytes(case.copy, "a.xlsx", room())
        assert not [v for _, v in again.structure.outside if v in (NEXT, BACK)]


def _marked(sheet: Any, cell: str, test: str) -> bool:
    for area in sheet.conditional_formatting:
        if cell in area.cells:
            for rule in area.rules:
                formats = rule.dxf
                if rule.formula[0].startswith(test):
                    return bool(formats.fill is not None and formats.font is not None)
    return False


def _corrected(folder: Path) -> list[Path]:
    """Write every return copy with the right values typed in."""
    files = []
    for case in cases():
        package = Package(case.copy)
        layout = case.submission.layout
        for key, value in case.sent.right.items():
            _type(package, layout.cells[key], value)
        file = folder / f"{case.sent.name}.xlsx"
        file.write_bytes(package.data())
        files.append(file)
    return files


def test_after_the_right_correction_nothing_is_marked(tmp_path: Path) -> None:
    for case, file in zip(cases(), convert(_corrected(tmp_path), tmp_path / "out"), strict=True):
        data = file.read_bytes()
        states = [(line[CODE], line[PLACE], line[STATE]) for line in lines(data)]
        open_ = [s for s in states if not str(s[2]).startswith("√")]
        answered = {f.code for f in case.result.findings if f.level == "confirm"}
        result = checked(data)
        noticed = {f.code for f in result.findings if f.is_open and f.level == "notice"}  # of the filling itself
        assert not [s for s in open_ if s[0] not in answered | noticed], (case.sent.name, open_)
        assert result.round == case.submission.round + 1
        assert result.progress is not None
        worst = [f for f in result.findings if f.is_open and f.level == "error"]
        assert not worst, (case.sent.name, [(f.code, f.sheet, f.cell, said(f)) for f in worst])
        assert len(result.progress.solved) >= len(case.result.findings) - len(result.progress.open)


def _type(package: Package, ref: Ref, value: m.Scalar) -> None:
    if value is None:
        package.empty(ref)
    elif isinstance(value, str):
        package.text(ref, value)
    elif isinstance(value, int | float):
        package.number(ref, value)
    else:
        assert not isinstance(value, bool)
        package.number(ref, serial(value))


def test_what_has_no_place_is_kept_as_text() -> None:
    kept = 0
    for case in cases():
        aside = [str(value) for _, value in case.submission.structure.outside]
        sheets = sheets_of(case.copy)
        if not aside:
            continue
        cells = list(sheets[ASIDE_SHEET].cells.values())
        assert all(c.formula is None for c in cells)
        texts = {str(c.value) for c in cells}
        assert set(aside) <= texts, case.sent.name
        kept += len(aside)
    assert kept > 0


def test_nothing_a_sender_typed_is_live() -> None:
    for case in cases():
        expected = dict(case.submission.layout.formulas.items())
        for name, sheet in sheets_of(case.copy).items():
            for (row, column), cell in sheet.cells.items():
                if cell.formula is None or name == LIST_SHEET:
                    continue
                assert Ref(name, row, column) in expected, (case.sent.name, name, row, column)
            assert all(target.startswith("#") for _, target in sheet.hyperlinks), sheet.hyperlinks
    texts = {r.raw for case in cases() for r in case.submission.readings.values()}
    assert len(texts & set(LIVE)) >= 5


def test_an_answer_on_the_list_explains_and_travels_on() -> None:
    """A 核实 that has no place on 校验: changed prefilled figure → answered on 问题清单 → explained, also a round later."""
    values = {k: v for k, v in clean("guangdong-2023").items() if k not in ("部门编码", "部门名称")}
    sent = workbook(
        room(),
        form("guangdong-2023"),
        values,
        Department("101003", "区水务局", values={"部门编码": "101003", "部门名称": "区水务局"}),
    )
    name = room().layout(form("guangdong-2023")).cells[Key("部门名称")]
    changed = Package(sent).text(name, "区水利局").data()
    first = checked(changed)
    assert [f.code for f in first.findings if f.is_open and f.level == "confirm"] == ["ST006"]
    copy = return_copy(room(), load_bytes(changed, "一", room()), first, wording())
    (number,) = [n for n, line in enumerate(lines(copy), start=1) if line[CODE] == "ST006"]
    answered = Package(copy).text(Ref(LIST_SHEET, 5 + number, LIST_HEADERS.index("说明") + 1), "机构改革后更名").data()
    second = checked(answered)
    (finding,) = [f for f in second.findings if f.code == "ST006"]
    assert (finding.state, finding.explanation, second.status) == ("explained", "机构改革后更名", "passed")
    again = return_copy(room(), load_bytes(answered, "二", room()), second, wording())
    third = checked(again)
    assert [(f.state, f.explanation) for f in third.findings if f.code == "ST006"] == [("explained", "机构改革后更名")]
    empty = Package(copy).text(Ref(LIST_SHEET, 5 + number, LIST_HEADERS.index("说明") + 1), "无。").data()
    assert [f.state for f in checked(empty).findings if f.code == "ST006"] == ["open"]


def test_same_input_same_bytes() -> None:
    case = cases()[0]
    assert return_copy(room(), case.submission, case.result, wording()) == case.copy


def test_a_clean_filling_is_not_returned() -> None:
    assert not goes_back(checked(built("guangdong-2023")))


def pages(files: list[Path], folder: Path) -> list[str]:
    """Return the text of each workbook's pages, as LibreOffice prints them."""
    reader = shutil.which("pdftotext")
    if reader is None:
        pytest.skip("pdftotext is not installed")
    return [
        subprocess.run([reader, "-layout", str(page), "-"], capture_output=True, check=True).stdout.decode()
        for page in convert(files, folder, "pdf")
    ]


def test_no_page_of_a_corrected_copy_shows_a_mark(tmp_path: Path) -> None:
    """Where 问题清单 says that all is settled, no page shows a sign; before, most copies did (an empty cell has no
    value to put one before, a formula is restored already)."""
    sent, settled, marked = tmp_path / "退回", 0, 0
    sent.mkdir()
    copies = [sent / f"{case.sent.name}.xlsx" for case in cases()]
    for copy, case in zip(copies, cases(), strict=True):
        copy.write_bytes(case.copy)
    plain = [sent / f"{form_id}.xlsx" for form_id in FORM_IDS]
    for file, form_id in zip(plain, FORM_IDS, strict=True):
        file.write_bytes(built(form_id))
    of_forms = {words for text in pages(plain, tmp_path / "表") for words in SIGN.findall(text)}  # as in “÷ 目标 × 100”
    before, after = pages(copies, tmp_path / "前"), pages(_corrected(tmp_path), tmp_path / "后")
    for case, shown, now in zip(cases(), before, after, strict=True):
        marked += bool(set(SIGN.findall(shown)) - of_forms)
        if OPEN.search(now) is None:
            settled += 1
            assert set(SIGN.findall(now)) <= of_forms, case.sent.name
    assert min(settled, marked) * 2 > len(after), (settled, marked)


def test_libreoffice_renders_the_marks_until_the_correction(tmp_path: Path) -> None:
    """The pages as a person sees them: a sign before each wrong value, none once the right one is typed in."""
    wrong = {"收入总计": 1300.0, "项目支出": "约三百", "支出率": "≥95"}
    definition = form("guangdong-2023")
    sent = built("guangdong-2023", laid_over(definition, clean("guangdong-2023"), wrong))
    copy = return_copy(room(), load_bytes(sent, "一.xlsx", room()), checked(sent), wording())
    package = Package(copy)
    for name in wrong:
        _type(package, room().layout(definition).cells[Key(name)], clean("guangdong-2023")[name])
    files = [tmp_path / "退回.xlsx", tmp_path / "改好.xlsx"]
    for file, data in zip(files, (copy, package.data()), strict=True):
        file.write_bytes(data)
    before, after = pages(files, tmp_path / "pdf")
    for shown in ("× 1,300.00", "× 约三百", "× ≥95", "× 未改"):
        assert shown in before and shown not in after, shown
    for shown in ("× 1,250.00", "× 380.00", "× 96.75"):
        assert shown not in after, shown
    assert "√ 已改" in after and "可以报送" in after
