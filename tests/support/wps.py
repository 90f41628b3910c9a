"""Rewrites a workbook of ours the way WPS 表格 is known to write one (docs/limits.md names the public sources)."""

from __future__ import annotations

import re
import struct

from tests.support.damage import Package

_ET = "http://www.wps.cn/officeDocument/2017/etCustomData"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_APP = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="http://schemas.openxmlformats.org/'
    'officeDocument/2006/extended-properties"><Application>WPS 表格</Application></Properties>'
)
_CUSTOM = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="http://schemas.openxmlformats.org/'
    'officeDocument/2006/custom-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
    '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="KSOProductBuildVer">'
    "<vt:lpwstr>2052-11.1.0.10132</vt:lpwstr></property></Properties>"
)
IMAGE = '_xlfn.DISPIMG("ID_5BA4F81A0D674C7AA8849A79AC5645C8",1)'
"""What stands in a cell in which WPS embedded a picture."""


def as_wps_saves(package: Package) -> Package:
    """Return the workbook with everything that WPS does differently and that loses nothing."""
    for rewrite in (_properties, _sizes, _number_formats, _phonetics, _own_lists, _calc_chain, _empty_results):
        rewrite(package)
    return package


def without_checks(package: Package) -> Package:
    """Return the workbook without its drop-downs and limits, as they were lost on the way."""
    return package.everywhere(r"<dataValidations\b.*?</dataValidations>", "", _SHEETS)


def with_picture(package: Package, sheet: str, cell: str) -> Package:
    """Embed a picture in a cell: a formula only WPS knows, and a part no one else does."""
    part = package.sheets[sheet]
    made = f'<c r="{cell}" t="str"><f>{IMAGE.replace(chr(34), "&quot;")}</f><v>=DISPIMG("ID_5BA4",1)</v></c>'
    text, found = re.subn(rf'<c r="{cell}"[^>]*?(?:/>|>.*?</c>)', made, package.parts[part], count=1)
    assert found
    package.parts[part] = text
    package.parts["xl/cellimages.xml"] = f'<etc:cellImages xmlns:etc="{_ET}"/>'
    _listed(
        package,
        "xl/cellimages.xml",
        "application/vnd.wps-officedocument.cellimage+xml",
        "http://www.wps.cn/officeDocument/2020/cellImage",
    )
    return package


def with_class_id(data: bytes) -> bytes:
    """Return an .xls whose root entry says a class of program, as WPS writes it."""
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    (first,) = struct.unpack_from("<I", data, 48)
    at = (first + 1) * size + 80
    return data[:at] + bytes.fromhex("2008020000000000c000000000000046") + data[at + 16 :]


_SHEETS = r"xl/worksheets/[^/]*\.xml"


def _properties(package: Package) -> None:
    """The program's name, its build among the custom properties, and a refinement the package rules do not allow."""
    package.parts["docProps/app.xml"] = _APP
    package.parts["docProps/custom.xml"] = _CUSTOM
    package.everywhere(
        "</cp:coreProperties>",
        '<dcterms:alternative xml:lang="zh-CN">表</dcterms:alternative></cp:coreProperties>',
        r"docProps/core\.xml",
    )
    kind = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
    package.everywhere(
        "</Types>",
        f'<Override PartName="/docProps/custom.xml" ContentType="{kind}"/></Types>',
        r"\[Content_Types\]\.xml",
    )
    related = (
        f'<Relationship Id="rId90" Type="{_RELATION}/custom-properties" Target="docProps/custom.xml"/></Relationships>'
    )
    package.everywhere("</Relationships>", related, r"_rels/\.rels")


def _sizes(package: Package) -> None:
    """A used range of one cell, whatever the sheet holds."""
    package.everywhere(r'<dimension ref="[^"]*"/>', '<dimension ref="A1"/>', _SHEETS)


def _number_formats(package: Package) -> None:
    """The built-in formats written out among the workbook's own, General among them; a look of a format nobody knows."""
    own = '<numFmt numFmtId="0" formatCode="General"/><numFmt numFmtId="41" formatCode="_ * #,##0_ ;_ * -#,##0_ ;_ * &quot;-&quot;_ ;_ @_ "/>'
    package.everywhere(r"(<numFmts [^>]*>)", r"\1" + own, r"xl/styles\.xml")
    package.everywhere(r'(<cellXfs [^>]*>.*?)<xf numFmtId="0"', r'\1<xf numFmtId="59"', r"xl/styles\.xml")


def _phonetics(package: Package) -> None:
    """How the first text is read, beside the text."""
    beside = r'\1<rPh sb="0" eb="1"><t>bu</t></rPh><phoneticPr fontId="1" type="noConversion"/></si>'
    package.everywhere(r"(<si><t[^>]*>[^<]*</t>)</si>", beside, r"xl/sharedStrings\.xml")


def _own_lists(package: Package) -> None:
    """A name space of its own on every sheet, and a list of extensions at its end."""
    ext = f'<extLst><ext uri="{{4C2B5C3E-0000-4C4E-9E0E-5B1B9A9A0001}}" xmlns:etc="{_ET}"><etc:x/></ext></extLst></worksheet>'
    package.everywhere("<worksheet ", f'<worksheet xmlns:etc="{_ET}" ', _SHEETS)
    package.everywhere("</worksheet>", ext, _SHEETS)


def _calc_chain(package: Package) -> None:
    """The order of calculation, a part of its own."""
    cells = []
    for number, part in enumerate(package.sheets.values(), start=1):
        cells += [f'<c r="{c}" i="{number}"/>' for c in re.findall(r'<c r="([A-Z]+\d+)"[^>]*><f>', package.parts[part])]
    name = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    package.parts["xl/calcChain.xml"] = f'<calcChain xmlns="{name}">{"".join(cells)}</calcChain>'
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"
    _listed(package, "xl/calcChain.xml", kind, f"{_RELATION}/calcChain")


def _empty_results(package: Package) -> None:
    """An empty text as a result is an element without content."""
    package.everywhere(r"</f><v></v></c>", "</f><v/></c>", _SHEETS)


def _listed(package: Package, part: str, kind: str, relation: str) -> None:
    """Add a part of the workbook to the lists of content types and relations."""
    entry = f'<Override PartName="/{part}" ContentType="{kind}"/></Types>'
    package.everywhere("</Types>", entry, r"\[Content_Types\]\.xml")
    number = len(re.findall("<Relationship ", package.parts["xl/_rels/workbook.xml.rels"])) + 60
    target = part.removeprefix("xl/")
    related = f'<Relationship Id="rId{number}" Type="{relation}" Target="{target}"/></Relationships>'
    package.everywhere("</Relationships>", related, r"xl/_rels/workbook\.xml\.rels")
