"""What we write, Excel and Word open as it is: valid by the schemas of Office 2007, within the programs' own limits."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from tests.support.damage import Package
from tests.support.excel_rules import NESTED_IN_XLS, formulas, invalid, nesting, refused
from tests.support.forms import built, checked, clean, form, room
from tests.support.narratives import pair
from xltools.form.values import MOST_TEXT, units
from xltools.intake.columns import CODE, NAME
from xltools.intake.open import load_bytes, open_book
from xltools.intake.roster import Department
from xltools.jobs.common import wording
from xltools.sampling.base import laid_over
from xltools.writing.department.carry_over import carry_over
from xltools.writing.department.make import workbook
from xltools.writing.own_books import roster_book
from xltools.writing.return_copy.book import return_copy
from xltools.writing.workbook import Writer, ensure

ROOT = Path(__file__).parents[2]
FORM = "guangdong-2023"
FORMS = [FORM, "dazhou-2023", "project-2023"]


def _returned() -> bytes:
    wrong = {"收入总计": 1.0, "部门职能": "职" * 4000, "执行数": "约三百", "产出指标": [{"指标名称": "=1+1"}] * 45}
    data = built(FORM, laid_over(form(FORM), clean(FORM), wrong))
    return return_copy(room(), load_bytes(data, "一份.xlsx", room()), checked(data), wording(room(), "zh"))


def _next_year() -> bytes:
    old = built(FORM, laid_over(form(FORM), clean(FORM), {"年度": 2022}))
    carried = carry_over(load_bytes(old, "旧.xlsx", room()), open_book(old)[0], form(FORM))
    line = Department("101", "甲局", values={CODE: "101", NAME: "甲局"}, more={"编制数": 40})
    return workbook(room(), form(FORM), carried.values, line)


BOOKS: dict[str, Callable[[], bytes]] = {
    **{name: (lambda name=name: workbook(room(), form(name))) for name in FORMS},  # type: ignore[misc]
    "returned": _returned,
    "last year's": _next_year,
    "roster": roster_book,
}


@pytest.mark.parametrize("name", BOOKS)
def test_a_workbook_opens_as_it_is(name: str) -> None:
    data = BOOKS[name]()
    assert invalid(data) == [] and refused(data) == []


@pytest.mark.parametrize("name", FORMS)
def test_a_narrative_opens_as_it_is(name: str) -> None:
    _, report, _ = pair(clean(name), form=name)
    assert invalid(report, ".docx") == []


@pytest.mark.parametrize(
    ("part", "old", "new", "says"),
    [
        ("xl/worksheets/sheet3.xml", r"(<sheetData>.*</sheetData>)(<sheetProtection[^>]*/>)", r"\2\1", "sheetData"),
        ("xl/workbook.xml", r'name="收支情况"', 'name="基本情况"', "基本情况"),
        ("xl/workbook.xml", r'name="部门名称"', 'name="部门 名称"', "部门 名称"),
        ("xl/workbook.xml", r'name="部门名称"', 'name="AB12"', "AB12"),
        ("xl/workbook.xml", r'name="部门名称"', 'name="部门编码"', "部门编码"),
        (r"\[Content_Types\].xml", r'<Override PartName="/xl/worksheets/sheet3.xml"[^>]*/>', "", "sheet3.xml"),
        ("xl/_rels/workbook.xml.rels", "worksheets/sheet3.xml", "worksheets/sheet33.xml", "sheet33.xml"),
        ("xl/worksheets/sheet3.xml", r' s="\d+"', ' s="99999"', "99999"),
        ("xl/worksheets/sheet3.xml", r' dxfId="\d+"', ' dxfId="999"', "999"),
        ("xl/worksheets/sheet3.xml", r"<formula1>[^<]*", '<formula1>"' + "甲," * 200 + '"', "drop-down"),
        ("xl/worksheets/sheet3.xml", r' promptTitle="[^"]*"', f' promptTitle="{"甲" * 40}"', "promptTitle"),
        ("xl/worksheets/sheet3.xml", r"<f>[^<]*", "<f>" + "1+" * 5000 + "1", "10001"),
        ("xl/worksheets/sheet3.xml", r"<f>[^<]*", "<f>" + "ABS(" * 70 + "1" + ")" * 70, "70 levels"),
        (
            "xl/worksheets/sheet3.xml",
            r'<mergeCell ref="[^"]*"/>',
            '<mergeCell ref="A1:B2"/><mergeCell ref="B2:C3"/>',
            "B2:C3",
        ),
    ],
)
def test_what_would_be_repaired_is_told(part: str, old: str, new: str, says: str) -> None:
    package = Package((Path(form(FORM).folder) / "template.xlsx").read_bytes())
    (name,) = [n for n in package.parts if re.fullmatch(part, n)]
    text = package.parts[name]
    changed = re.sub(old, new, text, count=1, flags=re.S)
    assert changed != text
    package.parts[name] = changed
    data = package.data()
    assert any(says in line for line in refused(data)) or any(says in line for line in invalid(data))


@pytest.mark.parametrize(
    ("formula", "levels"), [("1+(2*3)", 0), ('IF(A1="IF(IF(",1,(ABS(2)))', 2), ("SUM(A1,SUM(B1))+1", 2)]
)
def test_levels_of_a_formula(formula: str, levels: int) -> None:
    assert nesting(formula) == levels


def test_how_much_an_xls_would_lose_is_said() -> None:
    """Excel 97–2003 takes seven levels; we write no .xls, and docs/limits.md says what one that comes back has lost."""
    said = (ROOT / "docs" / "limits.md").read_text(encoding="utf-8")
    assert "一成多公式超过 7 层" in said
    for name in FORMS:
        every = formulas(workbook(room(), form(name)))
        assert 0.05 < sum(nesting(f) > NESTED_IN_XLS for f in every) / len(every) < 0.15


@pytest.mark.parametrize("text", ["甲" * 40_000, "𠀀" * 20_000, "a" + "𠀀" * 20_000])
def test_a_text_that_no_cell_holds_is_cut_aloud_and_stops_nothing(text: str) -> None:
    writer = Writer("a")
    sheet = writer.sheet("甲")
    ensure(sheet.write_string(0, 0, text), "a")
    ensure(sheet.write_url(1, 0, "internal:甲!A1", None, text), "a")
    book, _ = open_book(writer.finish())
    for cell in book.sheets[0].cells.values():
        held = str(cell.value)
        assert held.endswith("其余见原件）") and held[:10] == text[:10] and MOST_TEXT - 1 <= units(held) <= MOST_TEXT


def test_a_hidden_column_shows_nothing_in_the_blank_cell_beside_it() -> None:
    layout = room().layout(form(FORMS[0]))
    book = openpyxl.load_workbook(io.BytesIO(workbook(room(), form(FORMS[0]))))
    looked = 0
    for made in layout.sheets:
        for slot in (s for s in made.slots if s.column in made.hidden_columns and s.role == "state"):
            looked += 1
            assert book[made.sheet.name].cell(slot.row, slot.column).alignment.horizontal == "fill"
    assert looked > 50
