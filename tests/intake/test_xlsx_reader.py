"""The .xlsx reader against its witnesses (openpyxl, calamine), against odd packages, and against hostile ones."""

# mypy: disable-error-code="import-untyped"

from __future__ import annotations

import datetime
import io
import random
import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path
from unittest import mock

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.formula.translate import Translator
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.formula import ArrayFormula
from python_calamine import CalamineWorkbook

from xltools.errors import UnreadableFile
from xltools.intake.files.bounds import FileLimits
from xltools.intake.xlsx.book import read_book
from xltools.intake.xlsx.model import Book, Cell, Sheet, Validation
from xltools.intake.xlsx.shared_formulas import shift_formula
from xltools.intake.xlsx.sheet import SheetReader

NS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def rels(*items: tuple[str, str], base: str = OFFICE, extra: str = "") -> str:
    rows = "".join(
        f'<Relationship Id="r{n}" Type="{base}/{kind}" Target="{to}"{extra}/>' for n, (kind, to) in enumerate(items, 1)
    )
    return f'{XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}</Relationships>'


def parts(data: str = "", after: str = "", **more: str) -> dict[str, str | bytes]:
    """The parts of a small workbook with one sheet; `more` replaces or adds parts by a short name."""
    return {
        "_rels/.rels": rels(("officeDocument", "xl/workbook.xml")),
        "xl/_rels/workbook.xml.rels": rels(
            ("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml")
        ),
        "xl/workbook.xml": f'{XML}<workbook xmlns="{NS}" xmlns:r="{OFFICE}"><sheets><sheet name="表" sheetId="1" r:id="r1"/>'
        f"</sheets>{more.pop('names', '')}</workbook>",
        "xl/worksheets/sheet1.xml": f'{XML}<worksheet xmlns="{NS}"><sheetData>{data}</sheetData>{after}</worksheet>',
        **more,
    }


def pack(contents: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in contents.items():
            info = zipfile.ZipInfo(name)
            info.filename = name  # ZipInfo would mend backslashes and the like on some systems
            info.compress_type = method
            archive.writestr(info, content)
    return stream.getvalue()


def read(source: bytes, limits: FileLimits = FileLimits()) -> Book:  # noqa: B008
    """Read with the quick path for plainly written sheets, and without it: both must see the same."""
    book = read_book(source, limits)
    with mock.patch.object(SheetReader, "cut", lambda self, part: part):
        assert read_book(source, limits) == book
    return book


def sheet(data: str = "", after: str = "", **more: str) -> Sheet:
    return read(pack(parts(data, after, **more))).sheets[0]


def values(found: Sheet) -> dict[tuple[int, int], object]:
    return {place: cell.value for place, cell in found.cells.items()}


def reason(source: bytes | str | Path, limits: FileLimits = FileLimits()) -> str:  # noqa: B008
    with pytest.raises(UnreadableFile) as caught:
        read_book(source, limits)
    assert caught.value.reason != "internal", caught.value
    return caught.value.reason


# ── witnesses ─────────────────────────────────────────────────────────────────────────────────────────────────────────

TEXTS = [
    "人员经费",
    " 前后空格 ",
    "a<b & \"c\" 'd'",
    "两行\n文字",
    "_x0041_",
    "２，１８０．２４万元",
    "=1+1",
    "𠮷",
    "\u3000全角空格",
    "1234",
]


def by_xlsxwriter() -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    percent = book.add_format({"num_format": "0.00%"})
    for number in range(3):
        tab = book.add_worksheet(f"收支情况{number}")
        for row in range(25):
            tab.write_string(row, 0, TEXTS[row % len(TEXTS)])
            tab.write_number(row, 1, row * 1.1 - 3, percent)
            tab.write_number(row, 2, row - 5)
            tab.write_formula(row, 3, f'=IF(B{row + 1}<>"",ROUND(B{row + 1},2),"&<空>")', percent, row / 7)
            tab.write_formula(row, 4, f"=A{row + 1}&人员经费_{row}", None, TEXTS[row % 4])
            tab.write_boolean(row, 5, row % 2 == 0)
            tab.write_blank(row, 6, None, percent)
        tab.write_array_formula("H1:H3", "{=B1:B3*2}", None, 4.5)
        tab.write_formula("I1", "=1/0", None, "#DIV/0!")
        tab.write_rich_string("I2", "甲", percent, "乙 ", "丙")
        tab.set_row(4, None, None, {"hidden": True})
        tab.set_column(8, 9, None, None, {"hidden": True})
        tab.merge_range("K1:L9", "一片")
        tab.data_validation("B2:B9", {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 100})
        tab.data_validation("C2:C9", {"validate": "list", "source": ["是", "否"]})
        tab.conditional_format("B2:B9", {"type": "formula", "criteria": '=$B2<>"通过"', "format": percent})
        tab.protect()
    book.add_worksheet("_meta").very_hidden()
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "=收支情况0!$B$1:$B$5"})
    book.add_chartsheet("图").set_chart(chart)
    for number in range(25):
        book.define_name(f"人员经费_{number}", f"=收支情况0!$B${number + 1}")
    book.define_name("收支情况1!局部", "=收支情况1!$B$1")
    book.close()
    return stream.getvalue()


def by_openpyxl() -> bytes:
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    tab = book.active
    tab.title = "基本情况"
    for row, text in enumerate(TEXTS, start=1):
        tab.cell(row, 1, text.replace("_x", "x")).data_type = "s"  # openpyxl does not escape what it writes
        tab.cell(row, 2, row / 3)
        tab.cell(row, 3, f'=IF(A{row}="甲",B{row}*2,"乙&丙")')
        tab.cell(row, 4, row % 3 == 0)
    tab["F1"] = datetime.date(2024, 12, 31)
    tab["F2"] = ArrayFormula("F2:F4", "=B1:B3*2")
    tab["F5"] = "#N/A"
    tab.merge_cells("H1:J9")
    rule = DataValidation(type="whole", operator="greaterThan", formula1="0")
    rule.add("B1:B9")
    tab.add_data_validation(rule)
    tab["A20"].hyperlink = "file:///C:/secret.xls"
    book.create_sheet("隐藏").sheet_state = "hidden"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


WRITTEN = {"xlsxwriter": by_xlsxwriter, "openpyxl": by_openpyxl}


@pytest.mark.parametrize("writer", WRITTEN)
def test_openpyxl_sees_the_same(writer: str) -> None:
    source = WRITTEN[writer]()
    book = read(source)
    for data_only in (False, True):
        witness = openpyxl.load_workbook(io.BytesIO(source), data_only=data_only, rich_text=False)
        for found in book.sheets:
            if found.kind != "worksheet":
                continue
            seen: dict[tuple[int, int], object] = {}
            for row in witness[found.name].iter_rows(max_row=60, max_col=12):
                for cell in row:
                    value = cell.value.text if isinstance(cell.value, ArrayFormula) else cell.value
                    if value is not None:
                        seen[cell.row, cell.column] = value
            ours = {}
            for place, cell in found.cells.items():
                value = f"={cell.formula}" if cell.formula is not None and not data_only else cell.value
                if isinstance(value, (int, float)) and cell.style and isinstance(seen[place], datetime.datetime):
                    value = openpyxl.utils.datetime.from_excel(value, witness.epoch)
                if value is not None:
                    ours[place] = value
            assert ours == seen


@pytest.mark.parametrize("writer", WRITTEN)
def test_calamine_sees_the_same_values(writer: str) -> None:
    source = WRITTEN[writer]()
    witness = CalamineWorkbook.from_filelike(io.BytesIO(source))
    for found in read(source).sheets:
        if found.kind != "worksheet":
            continue
        rows = witness.get_sheet_by_name(found.name).to_python(skip_empty_area=False)
        for (row, column), cell in found.cells.items():
            if cell.kind in ("n", "s", "b") and not isinstance(rows[row - 1][column - 1], datetime.date):
                assert rows[row - 1][column - 1] == (cell.value or rows[row - 1][column - 1])
        filled = {(r, c) for r, line in enumerate(rows, 1) for c, value in enumerate(line, 1) if value != ""}
        assert filled <= set(found.cells)


def test_everything_around_the_cells() -> None:
    book = read(by_xlsxwriter())
    assert [(one.name, one.state, one.kind) for one in book.sheets][2:] == [
        ("收支情况2", "visible", "worksheet"),
        ("_meta", "veryHidden", "worksheet"),
        ("图", "visible", "chartsheet"),
    ]
    first = book.sheets[0]
    assert first.protected and not book.sheets[3].protected
    assert first.validations == [
        Validation("B2:B9", "decimal", "0", "100", "between"),
        Validation("C2:C9", "list", '"是,否"', None, "between"),
    ]
    assert first.merges == ["K1:L9"]
    assert (first.hidden_rows, first.hidden_cols) == ([(5, 5)], [(9, 10)])
    assert book.names["人员经费_3"] == "收支情况0!$B$4"
    assert book.sheet_names == {(1, "局部"): "收支情况1!$B$1"}
    assert book.number_formats[first.cells[1, 2].style] == "0.00%"
    assert (book.date1904, book.application, book.active) == (False, "Microsoft Excel", [])
    second = read(by_openpyxl())
    assert second.date1904 and second.sheets[1].state == "hidden"
    assert second.active == [("file_link", "基本情况!A20 → file:///C:/secret.xls")]


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\ufffe\uffff"), min_size=1, max_size=12)
numbers = st.floats(-1e300, 1e300) | st.integers(-(10**14), 10**14)


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.tuples(texts | st.sampled_from(["_x000D_", "_x005F_", "\x00\x1f", " _xD83D_"]), numbers),
        min_size=1,
        max_size=8,
    )
)
def test_any_text_and_number_comes_back(rows: list[tuple[str, float]]) -> None:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    tab = book.add_worksheet()
    for number, (text, value) in enumerate(rows):
        tab.write_string(number, 0, text)
        tab.write_number(number, 1, value)
    book.close()
    cells = read(stream.getvalue()).sheets[0].cells
    for number, (text, value) in enumerate(rows, start=1):
        assert cells[number, 1].value == text
        assert cells[number, 2].value == pytest.approx(value, rel=1e-15, abs=0)


# ── odd, but readable ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_rows_and_cells_without_references_and_out_of_order() -> None:
    data = '<row><c><v>1</v></c><c/><c><v>3</v></c></row><row><c r="C9"><v>9</v></c><c><v>10</v></c></row>'
    data += '<row r="4"><c r="B4"><v>2</v></c><c r="A4"><v>1</v></c><c r="A2"><v>0</v></c></row>'
    assert values(sheet(data)) == {(1, 1): 1, (1, 3): 3, (9, 3): 9, (2, 4): 10, (4, 2): 2, (4, 1): 1, (2, 1): 0}


def test_kinds_of_value() -> None:
    data = (
        '<row r="1"><c r="A1" t="b"><v>1</v></c><c r="B1" t="e"><v>#N/A</v></c><c r="C1" t="d"><v>2024-12-31</v></c>'
        '<c r="D1" t="str"><v>_x005F_x0041_</v></c><c r="E1" t="inlineStr"><is><r><t xml:space="preserve"> 甲</t></r><r><t>乙 </t></r>'
        '<rPh sb="0" eb="1"><t>jia</t></rPh></is></c><c r="F1"><v>12a</v></c><c r="G1"><v>1_0</v></c><c r="H1"><v>nan</v></c>'
        '<c r="I1"><v>1.50</v></c><c r="J1"><v>007</v></c><c r="K1"><v>1E3</v></c><c r="L1"><v>-5</v></c>'
        '<c r="M1" t="s"><v>99</v></c><c r="N1" t="s"><v>-1</v></c><c r="O1" t="zz"><v>?</v></c><c r="P1"><v></v></c>'
        '<c r="Q1" s="3"/><c r="R1" t="str"><f>A1</f><v></v></c><c r="S1"><f>A1</f></c><c r="T1" t="str"><f>B1</f></c>'
        '<c r="U1"><f/><v>7</v></c><c r="V1"><f>=A1</f></c><c r="W1"><v>１２</v></c></row>'
    )
    found = sheet(data).cells
    assert [(cell.value, cell.kind) for cell in found.values()] == [
        (True, "b"), ("#N/A", "e"), ("2024-12-31", "d"), ("_x0041_", "s"), (" 甲乙", "s"), ("12a", "s"), ("1_0", "s"), ("nan", "s"),
        (1.5, "n"), (7, "n"), (1000.0, "n"), (-5, "n"), (None, ""), (None, ""), ("?", "s"),
        ("", "s"), (None, ""), (None, ""), (7, "n"), (None, ""), ("１２", "s"),
    ]  # fmt: skip
    assert [found[1, n].formula for n in range(18, 23)] == ["A1", "A1", "B1", "", "A1"]
    assert isinstance(found[1, 11].value, float) and isinstance(found[1, 12].value, int)


@pytest.mark.parametrize(
    "data",
    [
        '<row r="1"><!-- <c r="B1"><v>2</v></c> --><c r="A1"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v><![CDATA[1]]></v></c></row>',
        '<row r="1"><c r="A1"><v>&#49;</v></c></row>',
        "<row r='1'><c r='A1'><v>1</v></c></row>",
        '\n <row r="1">\n <c s="0" r="A1">\n <v>1</v>\n </c>\n </row>\n',
        '<row r="1" x="&gt;"><c r="A1"><v>1</v><extLst><ext><v>9</v></ext></extLst></c></row><row r="2"/><row r="3"></row>',
        '<row r="1"><c r="A1"><v>1</v></c><c r="XFE1"><v>1</v></c><c r="A1048577"><v>1</v></c><c r="?"><v>1</v></c></row>',
    ],
)
def test_other_spellings_of_the_same_cell(data: str) -> None:
    assert values(sheet(data)) == {(1, 1): 1}


@pytest.mark.parametrize("data", ['<row r="1"><c r="A1" t="str"><v>a&b</v></c></row>', '<row r="1"><c r="A1"><v>\x01</v></c></row>',
                                  '<row r="1"><c r="A1"><v>1</v></c>', '<row r="1"><c r="A1"><v>1</v></c></row></row>'])  # fmt: skip
def test_broken_cells_are_refused_on_either_path(data: str) -> None:
    source = pack(parts(data))
    assert reason(source) == "bad_xml"


def test_prefixes_strict_namespaces_case_and_backslashes() -> None:
    base = "http://purl.oclc.org/ooxml/officeDocument/relationships"
    contents = {
        "_rels\\.rels": rels(("officeDocument", "/XL\\Workbook.XML"), base=base),
        "xl\\_rels\\workbook.xml.rels": rels(
            ("worksheet", "/xl/worksheets/../Sheets/a%20b.xml"), ("sharedStrings", "S.xml"), base=base
        ),
        "xl/workbook.xml": f'<q:workbook xmlns:q="{STRICT}" xmlns:z="{base}"><q:workbookPr date1904="true"/><q:sheets>'
        '<q:sheet name="表" sheetId="1" z:id="r1"/></q:sheets></q:workbook>',
        "xl/sheets/A b.xml": f'<q:worksheet xmlns:q="{STRICT}"><q:dimension ref="A1"/><q:sheetData><q:row r="7"><q:c r="B7" t="s"><q:f>A1</q:f>'
        '<q:v>0</q:v></q:c><q:c t="inlineStr"><q:is><q:t>乙</q:t></q:is></q:c></q:row></q:sheetData></q:worksheet>',
        "xl/s.xml": f'<q:sst xmlns:q="{STRICT}"><q:si><q:r><q:t>甲</q:t></q:r></q:si></q:sst>',
    }
    book = read(pack(contents))
    assert book.date1904 and book.sheets[0].part == "xl/sheets/A b.xml"
    assert book.sheets[0].cells == {(7, 2): Cell("甲", "s", "A1", 0), (7, 3): Cell("乙", "s", None, 0)}


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8-sig", "gbk"])
def test_encodings(encoding: str) -> None:
    contents = parts('<row r="1"><c r="A1" t="str"><v>甲</v></c></row>')
    text = contents["xl/worksheets/sheet1.xml"]
    assert isinstance(text, str)
    contents["xl/worksheets/sheet1.xml"] = text.replace(
        "UTF-8", encoding.removesuffix("-sig").removesuffix("-le")
    ).encode(encoding)
    if encoding == "gbk":
        assert reason(pack(contents)) == "bad_xml"
    else:
        assert values(read(pack(contents)).sheets[0]) == {(1, 1): "甲"}


def test_missing_relationships_and_parts() -> None:
    contents = parts('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', names="<definedNames/>")
    del contents["_rels/.rels"], contents["xl/_rels/workbook.xml.rels"]
    contents["xl/sharedStrings.xml"] = f'<sst xmlns="{NS}"><si><t> 甲 </t></si></sst>'
    assert values(read(pack(contents)).sheets[0]) == {(1, 1): "甲"}
    del contents["xl/worksheets/sheet1.xml"]
    assert read(pack(contents)).sheets == [Sheet("表", kind="missing")]


def test_stored_packages_and_bytes_before_the_zip() -> None:
    source = pack(parts('<row r="1"><c r="A1"><v>1</v></c></row>'), zipfile.ZIP_STORED)
    assert values(read(source).sheets[0]) == values(read(b"junk" + source).sheets[0]) == {(1, 1): 1}


def test_a_large_sheet_is_read_in_pieces() -> None:
    rng = random.Random(7)
    rows = [[rng.randrange(10**9) for _ in range(10)] for _ in range(8000)]
    data = "".join(f'<row r="{n}">{"".join(f"<c><v>{v}</v></c>" for v in row)}</row>' for n, row in enumerate(rows, 1))
    found = sheet(data, '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>')
    assert values(found) == {(r, c): v for r, row in enumerate(rows, 1) for c, v in enumerate(row, 1)}
    assert found.merges == ["A1:B1"]


def test_extension_validations_links_and_hidden_runs() -> None:
    after = (
        '<dataValidations><dataValidation type="list" sqref="A1"><formula1>甲</formula1></dataValidation></dataValidations>'
        f'<hyperlinks xmlns:r="{OFFICE}"><hyperlink ref="A1" r:id="r1"/><hyperlink ref="A2" location="表!B1"/></hyperlinks>'
        '<extLst><ext xmlns:x14="x"><x14:dataValidations xmlns:xm="y"><x14:dataValidation type="list"><x14:formula1><xm:f>_l!$A$1</xm:f>'
        "</x14:formula1><xm:sqref>B1:B9</xm:sqref></x14:dataValidation></x14:dataValidations></ext></extLst>"
    )
    data = '<row r="2" hidden="1"/><row r="3" hidden="true"/><row r="5" hidden="1"><c r="A5"><v>1</v></c></row>'
    links = rels(("hyperlink", "..\\别处.xlsx"), extra=' TargetMode="External"')
    book = read(pack(parts(data, after) | {"xl/worksheets/_rels/sheet1.xml.rels": links}))
    found = book.sheets[0]
    assert found.validations == [
        Validation("A1", "list", "甲", None, "between"),
        Validation("B1:B9", "list", "_l!$A$1", None, "between"),
    ]
    assert found.hyperlinks == [("A1", "..\\别处.xlsx"), ("A2", "#表!B1")]
    assert found.hidden_rows == [(2, 3), (5, 5)]
    assert book.active == [("file_link", "表!A1 → ..\\别处.xlsx")]


def test_active_contents_are_named() -> None:
    more: dict[str, str | bytes] = {
        "xl/vbaProject.bin": b"x",
        "xl/externalLinks/externalLink1.xml": f'<externalLink xmlns="{NS}"><externalBook/></externalLink>',
        "xl/externalLinks/_rels/externalLink1.xml.rels": rels(
            ("externalLinkPath", "别的.xlsx"), extra=' TargetMode="External"'
        ),
        "xl/externalLinks/externalLink2.xml": f'<x:externalLink xmlns:x="{NS}"><x:ddeLink ddeService="cmd" ddeTopic="/c calc"/></x:externalLink>',
        "xl/embeddings/oleObject1.bin": b"x",
        "xl/connections.xml": "<connections/>",
        "xl/queryTables/queryTable1.xml": "<q/>",
        "xl/activeX/activeX1.xml": "<a/>",
    }
    assert read(pack(parts() | more)).active == [
        ("macros", "xl/vbaProject.bin"),
        ("external_link", "别的.xlsx"),
        ("dde", "cmd|/c calc"),
        ("embedding", "xl/embeddings/oleObject1.bin"),
        ("connection", "xl/connections.xml"),
        ("query_table", "xl/queryTables/queryTable1.xml"),
        ("activex", "xl/activeX/activeX1.xml"),
    ]


# ── shared formulas ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_shared_formulas_are_written_out() -> None:
    data = (
        '<row r="1"><c r="B1"><f t="shared" si="9"/><v>0</v></c><c r="A1"><f t="shared" ref="A1:A3" si="0">B1*$C1&amp;"A1"</f></c></row>'
        '<row r="2"><c r="A2"><f t="shared" si="0"/><v>5</v></c><c r="B2"><f t="shared" si="1"/></c></row>'
        '<row r="3"><c r="D3"><f t="shared" si="0"></f></c><c r="B3"><f t="shared" ref="B2:B3" si="1">A3</f></c>'
        '<c r="E3"><f t="array" ref="E3:E4">A1:A2</f></c><c r="F3"><f t="dataTable" ref="F3" r1="A1">x</f><v>1</v></c></row>'
    )
    assert {place: cell.formula for place, cell in sheet(data).cells.items()} == {
        (1, 2): "", (1, 1): 'B1*$C1&"A1"', (2, 1): 'B2*$C2&"A1"', (2, 2): "A2", (3, 4): 'E3*$C3&"A1"', (3, 2): "A3", (3, 5): "A1:A2", (3, 6): "",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("LOG10(A1)+ATAN2(B1,$B1)", "LOG10(B3)+ATAN2(C3,$B3)"),
        ("'A1 B2'!A1+Sheet1!B$2+AB12!C3", "'A1 B2'!B3+Sheet1!C$2+AB12!D5"),
        ("'it''s A1'!A1", "'it''s A1'!B3"),
        ('"A1""B2"&A1&"', '"A1""B2"&B3&"'),
        ("SUM(A:A,$B:C,1:1,$2:3)", "SUM(B:B,$B:D,3:3,$2:5)"),
        ("费用2+人员经费_A1+A1.B2+_A1+A1_+ABCD1+A0", "费用2+人员经费_A1+A1.B2+_A1+A1_+ABCD1+A0"),
        ("Table1[A1]+T[[#This Row],[B2]]+T['[A1]", "Table1[A1]+T[[#This Row],[B2]]+T['[A1]"),
        ("[1]Sheet1!A1+Jan1:Mar1!A1", "[1]Sheet1!B3+Jan1:Mar1!B3"),
        ("XFD1+A1048575", "#REF!+#REF!"),
        ("1E5+1.5E+3+A1%", "1E5+1.5E+3+B3%"),
        ("A1:INDEX(B:B,2)+#REF!+TRUE", "B3:INDEX(C:C,2)+#REF!+TRUE"),
        ("收支情况!A1:B2 C3", "收支情况!B3:C4 D5"),
        ("$A$1+a1", "$A$1+B3"),
    ],
)
def test_only_relative_references_move(before: str, after: str) -> None:
    assert shift_formula(before, 2, 1) == after
    assert shift_formula(before, 0, 0) == before.replace("a1", "A1")


def test_openpyxl_moves_the_same_references() -> None:
    rng = random.Random(3)
    atoms = [
        "A1",
        "$B2",
        "C$3",
        "$D$4",
        "SUM(A1:B2)",
        "表!E5",
        "'a b'!F6",
        "G:G",
        '"H8"',
        "LOG10(I9)",
        "名称",
        "0.5",
        "TRUE()",
    ]
    for _ in range(200):
        text = "+".join(rng.choices(atoms, k=4))
        assert "=" + shift_formula(text, 3, 2) == Translator("=" + text, origin="A1").translate_formula("C4")


@pytest.mark.parametrize(
    "text", ['"' * 9001, "[" * 9001, "['" * 9001, "'" * 9001, "A1:" * 9001, "$" * 9001, "(" * 9001]
)
def test_moving_is_linear_whatever_the_text(text: str) -> None:
    assert len(shift_formula(text, 1, 1)) >= len(text)


# ── hostile ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def bomb() -> bytes:
    return pack(parts() | {"xl/worksheets/sheet1.xml": b"<worksheet>" + b" " * (9 << 20) + b"</worksheet>"})


def patched(source: bytes, name: bytes, offset: int, value: bytes) -> bytes:
    """The package with bytes changed in the central directory's entry for `name`."""
    at = source.rindex(name) - 46 + offset
    return source[:at] + value + source[at + len(value) :]


SHEET = b"xl/worksheets/sheet1.xml"
GOOD = pack(parts('<row r="1"><c r="A1"><v>1</v></c></row>'))
DTD = '<!DOCTYPE w [<!ENTITY a "aaaa">]>'
HOSTILE = {
    "empty": (b"", "empty"),
    "not a zip": (b"<html>", "not_zip"),
    "ole2": (bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600), "ole2"),
    "cut off": (GOOD[:700], "truncated"),
    "a dtd": (pack(parts() | {"xl/worksheets/sheet1.xml": f"{XML}{DTD}<worksheet/>"}), "dtd"),
    "a dtd in utf-16": (pack(parts() | {"xl/sharedStrings.xml": f"{DTD}<sst/>".encode("utf-16")}), "dtd"),
    "a dtd in rels": (pack(parts() | {"_rels/.rels": f"{DTD}<Relationships/>"}), "dtd"),
    "bad xml": (pack(parts("<row><c>")), "bad_xml"),
    "empty part": (pack(parts() | {"xl/workbook.xml": ""}), "bad_xml"),
    "dots": (pack(parts() | {"../x": ""}), "escaping_part"),
    "dots behind a backslash": (pack(parts() | {"xl\\..\\..\\x": ""}), "escaping_part"),
    "absolute": (pack(parts() | {"/etc/x": ""}), "escaping_part"),
    "drive": (pack(parts() | {"C:\\x": ""}), "escaping_part"),
    "same name": (pack(parts() | {"XL\\Workbook.xml": ""}), "duplicate_part"),
    "same name by dots": (pack(parts() | {"xl/./workbook.xml": ""}), "duplicate_part"),
    "encrypted": (patched(GOOD, SHEET, 8, b"\x01\x00"), "encrypted"),
    "lying about its size": (patched(GOOD, SHEET, 24, struct.pack("<I", 9)), "bad_size"),
    "wrong checksum": (patched(GOOD, SHEET, 16, b"\0\0\0\0"), "bad_crc"),
    "cut compressed data": (patched(GOOD, SHEET, 20, struct.pack("<I", 9)), "truncated"),
    "beyond the file": (patched(GOOD, SHEET, 20, struct.pack("<I", 1 << 30)), "truncated"),
    "bzip2": (patched(GOOD, SHEET, 10, b"\x0c\x00"), "unsupported_compression"),
    "bomb": (bomb(), "ratio"),
    "deep": (pack(parts(after="<a>" * 1000 + "</a>" * 1000)), "too_deep"),
    "one endless token": (pack(parts() | {"xl/worksheets/sheet1.xml": b"<worksheet" + b" " * (3 << 20) + b"/>"}, 0), "bad_xml"),
    "word": (pack({"word/document.xml": "<d/>"}), "no_workbook"),
    "no root": (pack(parts() | {"xl/workbook.xml": "<other/>"}), "no_workbook"),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_files_are_refused_with_a_reason(case: str) -> None:
    source, expected = HOSTILE[case]
    assert reason(source) == expected


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        (FileLimits(file_bytes=100), "too_large"),
        (FileLimits(part_bytes=100), "too_large"),
        (FileLimits(expanded_bytes=1000), "too_large"),
        (FileLimits(parts=3), "too_many_parts"),
        (FileLimits(cells=2), "too_many_cells"),
        (FileLimits(strings=1), "too_many_strings"),
        (FileLimits(text_chars=10), "too_many_strings"),
        (FileLimits(tags=10), "too_many_tags"),
        (FileLimits(names=2), "too_many_names"),
        (FileLimits(styles=1), "too_many_styles"),
        (FileLimits(sheets=1), "too_many_sheets"),
        (FileLimits(items=1), "too_many_items"),
    ],
)
def test_every_limit_holds(limits: FileLimits, expected: str) -> None:
    assert reason(by_xlsxwriter(), limits) == expected


def test_followers_of_a_long_shared_formula_are_bounded() -> None:
    data = '<row r="1"><c r="A1"><f t="shared" ref="A1:A9" si="0">' + "A1+" * 300 + "0</f></c></row>"
    data += "".join(f'<row r="{n}"><c r="A{n}"><f t="shared" si="0"/></c></row>' for n in range(2, 99))
    assert reason(pack(parts(data)), FileLimits(text_chars=20_000)) == "too_much_text"


def test_paths_that_are_no_files(tmp_path: Path) -> None:
    assert reason(tmp_path / "nothing.xlsx") == "cannot_open"
    assert reason("\0") == "cannot_open"
    assert reason(tmp_path) in ("not_a_file", "cannot_open")
    (tmp_path / "good.xlsx").write_bytes(GOOD)
    assert values(read_book(tmp_path / "good.xlsx").sheets[0]) == {(1, 1): 1}


def test_a_full_sheet_merge_and_the_last_cell_cost_nothing() -> None:
    merge = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    found = sheet('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', merge)
    assert (values(found), found.merges) == ({(1048576, 16384): 1}, ["A1:XFD1048576"])


def mutate(rng: random.Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.randint(1, 6)):
        at = rng.randrange(len(changed))
        choice = rng.randrange(4)
        if choice == 0:
            changed[at] = rng.randrange(256)
        elif choice == 1:
            del changed[at : at + rng.randint(1, 30)]
        elif choice == 2:
            changed[at:at] = changed[rng.randrange(len(changed)) :][: rng.randint(1, 30)]
        else:
            changed[at : at + 1] = rng.choice([b"<", b">", b'"', b"&", b"\0", b"/", b"9", b"-"])
        if not changed:
            return b""
    return bytes(changed)


def survives(source: bytes) -> bool:
    try:
        read_book(source)
    except UnreadableFile as error:
        assert error.reason != "internal", error
        return False
    return True


def test_mutated_files_never_raise_anything_else() -> None:
    rng = random.Random(20240131)
    source = by_openpyxl()
    for _ in range(600):
        survives(mutate(rng, source))


def test_mutated_parts_never_raise_anything_else() -> None:
    rng = random.Random(20240131)
    survived = 0
    for source in (by_openpyxl(), by_xlsxwriter()):
        archive = zipfile.ZipFile(io.BytesIO(source))
        contents: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
        for _ in range(350):
            name = rng.choice([name for name in contents if "theme" not in name])
            original = contents[name]
            assert isinstance(original, bytes)
            survived += survives(pack(contents | {name: mutate(rng, original)}, zipfile.ZIP_STORED))
    assert 50 < survived < 650


def test_both_paths_agree_on_mutated_cells() -> None:
    """Whatever the quick path takes, the exact one reads the same; what expat refuses, the quick one may not take."""
    rng = random.Random(5)
    source = pack(parts('<row r="1" x="1"><c r="A1" s="1" t="s"><v>0</v></c><c r="B1"><f>A1&amp;"x"</f><v>1.5</v></c></row><row r="2" hidden="1"/>'
                        '<row r="3" hidden="true"><c r="A3"><f t="shared" ref="A3:A4" si="0">B3</f></c><c r="B3" t="str"><f t="shared" si="0"/><v>y</v></c></row>'))  # fmt: skip
    archive = zipfile.ZipFile(io.BytesIO(source))
    contents: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    original = archive.read(SHEET.decode())
    for _ in range(1500):
        changed = pack(contents | {SHEET.decode(): mutate(rng, original)}, zipfile.ZIP_STORED)
        if survives(changed):
            read(changed)


@pytest.mark.parametrize(
    ("rows", "hidden"),
    [
        ('<row r="1" hidden="1"><c r="A1"><v>1</v></c></row><row r="2" hidden="0"/><row r="3" hidden="true"/>', [(1, 1), (3, 3)]),
        ('<row r="4"><c r="A4" t="str"><v>a hidden="1" b</v></c></row>', []),
        ('<row r="5" hidden="1"/><row r="6" spans="1:2" hidden="1"><c r="A6"><v>1</v></c><c r="B6"><v>2</v></c></row>', [(5, 6)]),
    ],
)  # fmt: skip
def test_hidden_rows_are_seen_on_both_paths(rows: str, hidden: list[tuple[int, int]]) -> None:
    for _ in range(2):  # the second time from what was remembered
        assert sheet(rows).hidden_rows == hidden


def test_a_row_hidden_twice_is_no_xml() -> None:
    assert reason(pack(parts('<row r="1" hidden="1" hidden="0"><c r="A1"><v>1</v></c></row>'))) == "bad_xml"
