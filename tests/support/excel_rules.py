"""What Excel refuses or repairs although the schemas allow it, and a validator of the schemas (openxml-audit) beside it."""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from openxml_audit import FileFormat, OpenXmlValidator

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
FORMULA, TEXT, LISTED, PROMPT, PROMPT_TITLE, NESTED = 8_192, 32_767, 255, 255, 32, 64
"""Excel's own limits: characters of a formula, of a cell, of a drop-down's list, of a message and of its title; levels."""
NESTED_IN_XLS = 7
_NAME = re.compile(r"[_一-鿿A-Za-z\\][_.一-鿿A-Za-z0-9\\]{0,254}")
_LIKE_A_CELL = re.compile(r"(?i)[a-z]{1,3}\d+|r\d*c\d*")
_SHEET = re.compile(r"[^\[\]:*?/\\]{1,31}")


EDITIONS = {".xlsx": FileFormat.OFFICE_2007, ".docx": FileFormat.OFFICE_2010}
"""What a document is held against: ours look like Word 2010's, which says of a table's look more than Word 2007."""


@cache
def _validator(ending: str) -> Any:
    return OpenXmlValidator(EDITIONS[ending])


def invalid(data: bytes, ending: str = ".xlsx") -> list[str]:
    """Return what the schemas of Office and the rules of a package say against a document."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a{ending}"
        path.write_bytes(data)
        return [f"{e.part_uri}: {e.description}" for e in _validator(ending).validate(path).errors]


def refused(data: bytes) -> list[str]:
    """Return what Excel would refuse or repair in a workbook."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {n: package.read(n) for n in package.namelist()}
    types = ElementTree.fromstring(parts["[Content_Types].xml"])
    named = {e.get("PartName", "").lstrip("/") for e in types if e.get("PartName")}
    endings = {e.get("Extension") for e in types if e.get("Extension")} - {"xml"}
    found = [f"{n}: has no content type" for n in parts if n not in named and n.rpartition(".")[2] not in endings]
    found += [f"{n}: listed, and not there" for n in named - set(parts)]
    found = [f for f in found if not f.startswith("[Content_Types]")]
    styles = ElementTree.fromstring(parts["xl/styles.xml"])
    formats = len(styles.find(f"{MAIN}cellXfs") or ())
    marks = len(styles.find(f"{MAIN}dxfs") or ())
    found += [f"styles: a number format of {len(c)} characters" for c in _codes(styles) if len(c) > 255]
    found += _book(ElementTree.fromstring(parts["xl/workbook.xml"]))
    for name, content in parts.items():
        if name.startswith("xl/worksheets/sheet"):
            found += (f"{name}: {what}" for what in _sheet(ElementTree.fromstring(content), formats, marks))
        if name.startswith("xl/comments"):
            texts = ["".join(t.itertext()) for t in ElementTree.fromstring(content).iter(f"{MAIN}comment")]
            found += [f"{name}: a comment of {len(t)} characters" for t in texts if len(t) > TEXT]
    if "xl/sharedStrings.xml" in parts:
        strings = ["".join(e.itertext()) for e in ElementTree.fromstring(parts["xl/sharedStrings.xml"])]
        found += [f"a text of {len(t)} characters" for t in strings if len(t) > TEXT]
    return found


def nesting(formula: str) -> int:
    """Return how many functions stand inside each other at most."""
    depth = most = 0
    stack = []
    for piece in re.finditer(r'"(?:[^"]|"")*"|[A-Za-z][A-Za-z0-9.]*\(|\(|\)', formula):
        text = piece[0]
        if text.startswith('"'):
            continue
        if text == ")":
            depth -= stack.pop()
        else:
            stack.append(len(text) > 1)
            depth += stack[-1]
            most = max(most, depth)
    return most


def formulas(data: bytes) -> list[str]:
    """Return all formulas of a workbook's cells."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        sheets = [package.read(n) for n in package.namelist() if n.startswith("xl/worksheets/sheet")]
    return [e.text or "" for s in sheets for e in ElementTree.fromstring(s).iter(f"{MAIN}f")]


def _codes(styles: ElementTree.Element) -> Iterator[str]:
    yield from (e.get("formatCode", "") for e in styles.iter(f"{MAIN}numFmt"))


def _book(book: ElementTree.Element) -> Iterator[str]:
    sheets = [e.get("name", "") for e in book.iter(f"{MAIN}sheet")]
    for name in sheets:
        if not _SHEET.fullmatch(name) or name[0] == "'" or name[-1] == "'":
            yield f"no name for a sheet: {name}"
    yield from (f"two sheets: {n}" for n, count in Counter(map(str.casefold, sheets)).items() if count > 1)
    names = [(e.get("localSheetId"), e.get("name", "")) for e in book.iter(f"{MAIN}definedName")]
    for _, name in names:
        plain = name.removeprefix("_xlnm.")
        if not _NAME.fullmatch(plain) or _LIKE_A_CELL.fullmatch(plain):
            yield f"no name for a range: {name}"
    yield from (f"two names: {n}" for (_, n), count in Counter(names).items() if count > 1)


def _sheet(sheet: ElementTree.Element, formats: int, marks: int) -> Iterator[str]:
    for cell in sheet.iter(f"{MAIN}c"):
        if int(cell.get("s", 0)) >= formats:
            yield f"{cell.get('r')}: style {cell.get('s')} of {formats}"
    for rule in sheet.iter(f"{MAIN}cfRule"):
        if int(rule.get("dxfId", 0)) >= max(1, marks):
            yield f"a mark of look {rule.get('dxfId')} of {marks}"
    written = [e.text or "" for kind in ("f", "formula", "formula1", "formula2") for e in sheet.iter(f"{MAIN}{kind}")]
    yield from (f"a formula of {len(f)} characters" for f in written if len(f) > FORMULA)
    yield from (f"a formula of {nesting(f)} levels" for f in written if nesting(f) > NESTED)
    for check in sheet.iter(f"{MAIN}dataValidation"):
        listed = check.findtext(f"{MAIN}formula1") or ""
        if listed.startswith('"') and len(listed) - 2 > LISTED:
            yield f"a drop-down of {len(listed) - 2} characters"
        for key, most in (
            ("prompt", PROMPT),
            ("error", PROMPT),
            ("promptTitle", PROMPT_TITLE),
            ("errorTitle", PROMPT_TITLE),
        ):
            if len(check.get(key, "")) > most:
                yield f"{key} of {len(check.get(key, ''))} characters"
    yield from _overlapping([e.get("ref", "") for e in sheet.iter(f"{MAIN}mergeCell")])


def _overlapping(areas: list[str]) -> Iterator[str]:
    """Yield the merged areas that share a cell with one before."""
    taken: set[tuple[int, int]] = set()
    for area in areas:
        edges = [re.fullmatch(r"([A-Z]+)(\d+)", corner) for corner in area.split(":")]
        (left, top), (right, bottom) = [(_number(e[1]), int(e[2])) for e in edges if e is not None]
        cells = {(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)}
        if cells & taken:
            yield f"merged cells overlap: {area}"
        taken |= cells


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
