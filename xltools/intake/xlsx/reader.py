"""Reads an .xlsx workbook as evidence: sparse cells with value, kind, formula and style, and what surrounds them.

Further reasons given by `UnreadableFile.reason` here: no_workbook, bad_workbook, too_many_cells, too_many_strings,
too_many_names, too_many_styles, too_many_sheets, too_many_items, too_much_text, internal.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

from xltools.errors import UnreadableFile
from xltools.intake.xlsx.package import Limits, Package, local, new_parser

__all__ = ["Book", "Cell", "Limits", "Sheet", "Validation", "read_book", "shift_formula"]

MAX_ROW, MAX_COL = 1_048_576, 16_384
_SPACE = " \t\r\n"


class Cell(NamedTuple):
    """One cell: `kind` is n, s, b, e (error), d (ISO date) or "" (no value); a formula's value is the cached one."""

    value: str | float | int | bool | None
    kind: str
    formula: str | None  # without "="; "" if the cell has a formula whose text the file does not give
    style: int


class Validation(NamedTuple):
    """One data validation, of the standard or of the 2010 extension."""

    sqref: str
    type: str
    formula1: str | None
    formula2: str | None
    operator: str


@dataclass(slots=True)
class Sheet:
    """One sheet; `kind` is worksheet, chartsheet, dialogsheet, macrosheet or missing (its part is not there)."""

    name: str
    state: str = "visible"
    part: str = ""
    kind: str = "worksheet"
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)  # (row, column), from 1
    protected: bool = False
    validations: list[Validation] = field(default_factory=list)
    merges: list[str] = field(default_factory=list)
    hyperlinks: list[tuple[str, str]] = field(default_factory=list)  # (range, target or "#place")
    hidden_rows: list[tuple[int, int]] = field(default_factory=list)  # (first, last)
    hidden_cols: list[tuple[int, int]] = field(default_factory=list)


@dataclass(slots=True)
class Book:
    """One workbook; `active` lists what could act or reach outside, as (kind, where)."""

    sheets: list[Sheet] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    sheet_names: dict[tuple[int, str], str] = field(default_factory=dict)  # (sheet index, name)
    date1904: bool = False
    number_formats: list[str] = field(default_factory=list)  # by style
    active: list[tuple[str, str]] = field(default_factory=list)
    application: str = ""
    format: str = "xlsx"  # a word of container.WORDS; another than xlsx carries less (see foreign.LACKS)


_DEFAULT_LIMITS = Limits()


def read_book(source: str | Path | bytes, limits: Limits = _DEFAULT_LIMITS) -> Book:
    """Read a workbook, or raise UnreadableFile: no other exception leaves this function."""
    try:
        return _Reader(Package(source, limits), limits).read()
    except UnreadableFile:
        raise
    except (Exception, RecursionError) as error:  # a case nobody thought of must not stop a batch of a hundred books
        raise UnreadableFile("internal", error=repr(error)) from error


# ── the workbook ──────────────────────────────────────────────────────────────────────────────────────────────────────

_ACTIVE_PARTS = {
    "activex": "activex",
    "embeddings": "embedding",
    "querytables": "query_table",
    "customui": "custom_ui",
    "connections.xml": "connection",
    "vbaproject.bin": "macros",
}
_SHEET_KINDS = {"chartsheet": "chartsheet", "dialogsheet": "dialogsheet", "xlmacrosheet": "macrosheet"}


class _Relation(NamedTuple):
    kind: str  # the last segment of the type, lower case: the same in transitional and strict files
    target: str
    external: bool


class _Reader:
    """Reads one package into one Book."""

    def __init__(self, package: Package, limits: Limits) -> None:
        self.package, self.limits, self.book = package, limits, Book()
        self.strings: list[str] = []
        self.cell_count = 0
        self.text_left = limits.text_chars

    def read(self) -> Book:
        part = self._workbook_part()
        relations = self.relations(part)
        listed: list[Element] = []
        seen: list[bytes] = []

        def cut(content: bytes) -> bytes:
            known = _WORKBOOKS.get((self.limits, content))
            if known is None:
                seen.append(content)
                return content
            listed.extend(known[0])
            self.book.names, self.book.sheet_names, self.book.date1904 = dict(known[1]), dict(known[2]), known[3]
            return b"<workbook/>"

        root = self.package.elements(part, "sheets", lambda element: self._workbook_element(element, listed), cut)
        if root != "workbook":
            raise UnreadableFile("no_workbook", part=self.package.name(part), root=root)
        for content in seen:
            book = self.book
            _keep(
                _WORKBOOKS,
                (self.limits, content),
                (tuple(listed), dict(book.names), dict(book.sheet_names), book.date1904),
            )
        if len(listed) > self.limits.sheets:
            raise UnreadableFile("too_many_sheets", sheets=len(listed), limit=self.limits.sheets)
        self._parts_beside(part, relations)
        for index, element in enumerate(listed, start=1):
            self.book.sheets.append(self._sheet(element, index, part, relations))
        self._active_parts()
        self.book.application = self._application()
        return self.book

    def _workbook_part(self) -> str:
        """Where the package's relationships say, else where it always is; else say what the package seems to be."""
        for relation in self.relations("").values():
            if relation.kind == "officedocument":
                key = self.package.find(relation.target)
                if key is not None and not key.endswith(".bin"):
                    return key
        key = self.package.find("xl/workbook.xml")
        if key is not None:
            return key
        signs = {
            "word/": "docx",
            "ppt/": "pptx",
            "xl/workbook.bin": "xlsb",
            "content.xml": "ods",
            "[content_types": "ooxml",
        }
        looks = next((kind for sign, kind in signs.items() if any(key.startswith(sign) for key in self.package)), "zip")
        raise UnreadableFile("no_workbook", looks_like=looks)

    def relations(self, part: str) -> dict[str, _Relation]:
        """The relationships of a part (of the package for ""), by id; none if the package has no such file."""
        folder, _, name = part.rpartition("/")
        key = self.package.find(f"{folder}/_rels/{name}.rels")
        found: dict[str, _Relation] = {}
        if key is None:
            return found

        def take(element: Element) -> None:
            get = element.get
            kind = get("Type", "").rpartition("/")[2].casefold()
            found[get("Id", "")] = _Relation(kind, get("Target", ""), get("TargetMode", "").casefold() == "external")
            self.bound_items(len(found), key)

        self.package.elements(key, "", take)
        return found

    def bound_items(self, count: int, key: str) -> None:
        if count > self.limits.items:
            raise UnreadableFile("too_many_items", part=self.package.name(key), limit=self.limits.items)

    def _workbook_element(self, element: Element, listed: list[Element]) -> None:
        tag = local(element.tag)
        if tag == "sheet":
            listed.append(element)
        elif tag == "definedNames":
            self._defined_names(element)
        elif tag == "workbookPr":
            self.book.date1904 = _true(element.get("date1904"))

    def _defined_names(self, element: Element) -> None:
        if len(element) > self.limits.names:
            raise UnreadableFile("too_many_names", names=len(element), limit=self.limits.names)
        for child in element:
            name, text, scope = child.get("name", ""), (child.text or "").strip(), child.get("localSheetId")
            text = text.removeprefix("=")
            if scope is None:
                self.book.names[name] = text
            else:
                self.book.sheet_names[_whole(scope, -1), name] = text

    def _parts_beside(self, part: str, relations: dict[str, _Relation]) -> None:
        """Shared strings and styles: by relationship, else by their usual names; both may be missing."""
        for kind, usual, read in (
            ("sharedstrings", "sharedStrings.xml", self._shared_strings),
            ("styles", "styles.xml", self._styles),
        ):
            target = next((relation.target for relation in relations.values() if relation.kind == kind), usual)
            key = self.package.find(target, part) or self.package.find(usual, part)
            if key is not None:
                read(key)

    def _shared_strings(self, key: str) -> None:
        strings, limit = self.strings, self.limits.strings

        def take(element: Element) -> None:
            text = _rich_text(element)
            self.text_left -= len(text)
            strings.append(text)
            if len(strings) > limit or self.text_left < 0:
                raise UnreadableFile("too_many_strings", strings=len(strings), limit=limit)

        def cut(content: bytes) -> bytes:
            """Take plainly written strings by one grammar that covers them all, as `_SheetReader._cut` takes cells."""
            start, end = content.find(b"<si>"), content.rfind(b"</sst>")
            if not 0 < start < end or not content.startswith(_UTF8) or b"_x" in content or b"<!" in content[:start]:
                return content
            try:
                body = content[start:end].decode()
                found = _STRINGS.findall(body)
                if sum(map(len, found)) + len(_STRING_FRAME) * len(found) != len(body):
                    return content
                texts = [_references(text) if "&" in text else text for text in found]
            except (UnicodeDecodeError, _NotPlain):
                return content
            if len(texts) > limit or any(ch in body for ch in _CONTROLS) or any(t.strip(_SPACE) != t for t in texts):
                return content
            strings.extend(texts)
            self.spend_text(sum(map(len, texts)))
            return content[:start] + content[end:]

        self.package.elements(key, "", take, cut)

    def spend_text(self, count: int) -> None:
        self.text_left -= count
        if self.text_left < 0:
            raise UnreadableFile("too_much_text", limit=self.limits.text_chars)

    def _styles(self, key: str) -> None:
        codes = dict(_BUILTIN_FORMATS)
        used: list[int] = []
        seen: list[bytes] = []

        def cut(content: bytes) -> bytes:
            known = _STYLES.get((self.limits, content))
            if known is None:
                seen.append(content)
                return content
            self.book.number_formats = list(known)
            return b"<styleSheet/>"

        def take(element: Element) -> None:
            tag = local(element.tag)
            if tag not in ("numFmts", "cellXfs"):
                return
            if len(element) > self.limits.styles:
                raise UnreadableFile("too_many_styles", styles=len(element), limit=self.limits.styles)
            for child in element:
                number = _whole(child.get("numFmtId"), 0)
                if tag == "cellXfs":
                    used.append(number)
                else:
                    codes[number] = child.get("formatCode", "")

        self.package.elements(key, "", take, cut)
        if not self.book.number_formats:
            self.book.number_formats = [codes.get(number, "General") for number in used]
        for content in seen:
            _keep(_STYLES, (self.limits, content), tuple(self.book.number_formats))

    def _sheet(self, element: Element, index: int, part: str, relations: dict[str, _Relation]) -> Sheet:
        sheet = Sheet(element.get("name", ""), element.get("state", "visible"))
        relation = relations.get(_namespaced(element, "id"))
        if relation is not None:
            key = self.package.find(relation.target, part)
            sheet.kind = _SHEET_KINDS.get(relation.kind, "worksheet")
        else:  # the relationships are lost; the parts are hardly ever named otherwise
            key = self.package.find(f"worksheets/sheet{index}.xml", part)
        if key is None:
            sheet.kind = "missing"
            return sheet
        sheet.part = self.package.name(key)
        if sheet.kind in ("worksheet", "macrosheet"):
            _SheetReader(self, sheet, key).read()
        return sheet

    def _active_parts(self) -> None:
        active = self.book.active
        active.extend(("macrosheet", sheet.name) for sheet in self.book.sheets if sheet.kind == "macrosheet")
        for key in self.package:
            folder, _, name = key.rpartition("/")
            kind = _ACTIVE_PARTS.get(name) or _ACTIVE_PARTS.get(folder.rpartition("/")[2])
            if kind is not None:
                active.append((kind, self.package.name(key)))
            elif folder.endswith("externallinks") and name.endswith(".xml"):
                active.append(self._external_link(key))
        for sheet in self.book.sheets:
            for ref, target in sheet.hyperlinks:
                if not target.startswith(("#", "http:", "https:", "mailto:")):
                    active.append(("file_link", f"{sheet.name}!{ref} → {target}"))

    def _external_link(self, key: str) -> tuple[str, str]:
        """What an external link reaches: a workbook, a DDE server or an OLE object. Its cached cells are not read."""
        found: list[tuple[str, str]] = []
        parser = new_parser()

        def start(name: str, attrs: dict[str, str]) -> None:
            kind = {"externalBook": "external_link", "ddeLink": "dde", "oleLink": "ole_link"}.get(local(name))
            if kind is not None:
                parser.StartElementHandler = None
                server = "|".join(attrs[key] for key in ("ddeService", "ddeTopic", "progId") if key in attrs)
                found.append((kind, server))

        parser.StartElementHandler = start
        self.package.parse(key, parser)
        kind, server = found[0] if found else ("external_link", "")
        targets = [relation.target for relation in self.relations(key).values()]
        return kind, " ".join(filter(None, [server, *targets])) or self.package.name(key)

    def _application(self) -> str:
        """The program that wrote the file, if it says so; a broken note about that breaks nothing."""
        key = self.package.find("docProps/app.xml")
        if key is None:
            return ""
        parser, texts, found = new_parser(), list[str](), list[str]()

        def start(_name: str, _attrs: object) -> None:
            texts.clear()

        def end(name: str) -> None:
            if local(name) == "Application":
                found.append("".join(texts).strip())
                parser.StartElementHandler = parser.EndElementHandler = parser.CharacterDataHandler = None

        parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, texts.append
        try:
            self.package.parse(key, parser)
        except UnreadableFile:
            return ""
        return found[0] if found else ""


# ── a sheet ───────────────────────────────────────────────────────────────────────────────────────────────────────────


class _Master(NamedTuple):
    place: tuple[int, int]
    pieces: list[str | _Reference]


class _SheetReader:
    """Reads one worksheet part into one Sheet, a row or a block at a time."""

    def __init__(self, reader: _Reader, sheet: Sheet, key: str) -> None:
        self.reader, self.sheet, self.key = reader, sheet, key
        self.row = 0
        self.items = 0
        self.around = b""
        self.masters: dict[str, _Master] = {}
        self.orphans: list[tuple[tuple[int, int], str]] = []  # shared formulas met before their master
        self.links: list[tuple[str, str, str]] = []
        self.blocks: dict[str, Callable[[Element], None]] = {
            "row": self._row,
            "cols": self._cols,
            "sheetProtection": self._protection,
            "mergeCells": self._merges,
            "dataValidations": self._validations,
            "hyperlinks": self._hyperlinks,
            "extLst": self._extensions,
        }

    def read(self) -> None:
        self.reader.package.elements(self.key, "sheetData", self._take, self._cut)
        self._remember()
        cells = self.sheet.cells
        for place, number in self.orphans:
            if place in cells and cells[place].formula == "":
                cells[place] = cells[place]._replace(formula=self._shifted(place, number))
        self.reader.cell_count += len(cells)
        if self.links:
            relations = self.reader.relations(self.key)
            for ref, number, spot in self.links:
                target = relations[number].target if number in relations else ""
                self.sheet.hyperlinks.append((ref, target + (f"#{spot}" if spot else "")))

    def _cut(self, part: bytes) -> bytes:
        """Take the cells out of a small part written the way Excel, WPS, LibreOffice and the usual libraries write it.

        The same answer as `_row` in two thirds of the time: what is taken is a run of rows that one strict grammar
        covers from the first byte to the last, so it is well-formed and holds rows and cells only. Else nothing is.
        """
        start, end = part.find(b"<sheetData>") + 11, part.rfind(b"</sheetData>")
        if not 11 <= start < end or not part.startswith(_UTF8):
            return part
        rest, body = part[:start] + part[end:], part[start:end]
        if b"<!" in rest or b"<?" in rest[2:]:  # a comment could hold what looks like the cells
            return part
        if b' hidden="' in body or len(body.translate(None, _NOT_XML)) != len(body):
            return part
        try:
            text = body.decode()
        except UnicodeDecodeError:
            return part
        if not text.startswith("<row"):
            return part
        try:
            self._plain_rows(text)
        except _NotPlain:
            self._start_over()
            return part
        self._bound_cells()
        return self._around_cells(rest)

    def _around_cells(self, rest: bytes) -> bytes:
        """What is left of a sheet without its cells is the template's own in book after book: parsed once, then known."""
        known = _AROUND.get((self.reader.limits, rest))
        if known is None:
            self.around = rest
            return rest
        sheet = self.sheet
        sheet.protected, self.links, self.items = known[0], list(known[4]), known[5]
        sheet.validations, sheet.merges, sheet.hidden_cols = list(known[1]), list(known[2]), list(known[3])
        return b"<worksheet/>"

    def _remember(self) -> None:
        if self.around:
            sheet = self.sheet
            lists = (tuple(sheet.validations), tuple(sheet.merges), tuple(sheet.hidden_cols), tuple(self.links))
            _keep(_AROUND, (self.reader.limits, self.around), (sheet.protected, *lists, self.items))

    def _start_over(self) -> None:
        self.sheet.cells.clear()
        self.masters.clear()
        self.orphans.clear()

    def _plain_rows(self, text: str) -> None:
        """Store the cells of rows that `_ROWS` covers wholly. Most rows of a form are the same in book after book."""
        cells, strings, count = self.sheet.cells, self.reader.strings, len(self.reader.strings)
        rows = text.split("</row>")
        last = rows.pop()
        for row in rows:
            known = _ROWS_SEEN.get(row)
            if known is None:
                known = self._plain_row(row)
            cells.update(known[0])
            for place, index, formula, style in known[1]:
                if index < count:
                    cells[place] = _new_cell(Cell, (strings[index], "s", formula, style))
        if last:  # empty rows at the end, if all is well
            cells.update(self._plain_row(last, "")[0])

    def _plain_row(self, row: str, end: str = "</row>") -> _Row:
        """The cells of one row (and of empty ones before it): those that stand alone, and those that are shared strings."""
        found = _ROWS.findall(row + end)
        if sum([len(match[0]) for match in found]) != len(row) + len(end):
            raise _NotPlain
        cells: dict[tuple[int, int], Cell] = {}
        shared: list[tuple[tuple[int, int], int, str | None, int]] = []
        stateful = False
        for whole, ref, style, kind, marks, formula_text, text in found:
            known = _CELLS_SEEN.get(whole)
            if known is not None:
                spot, cell, index = known
                if spot in cells:
                    raise _NotPlain
                cells[spot] = cell
                if index >= 0:
                    shared.append((spot, index, cell.formula, cell.style))
                continue
            place = _PLACES.get(ref) or _place(ref)
            if place is None:  # an empty row, or beyond the sheet's edge
                continue
            formula: str | None = None
            if formula_text or "<f" in whole:
                formula = _references(formula_text) if "&" in formula_text else formula_text
                if marks or formula[:1] == "=":
                    formula, stateful = self._formula(dict(_ATTRIBUTE.findall(marks)), formula, place), True
            elif not text and "<v" not in whole:
                continue
            if place in cells:  # one cell told twice
                raise _NotPlain
            if "&" in text:
                text = _references(text)
            index = int(text) if kind == "s" and text.isdecimal() and len(text) < 10 else -1
            given = text if index < 0 and (text or "<v" in whole) else None
            made = self._made(kind or "n", given, formula, int(style or 0))
            if index >= 0:  # as it stands if there is no such string
                made = _new_cell(Cell, (None, "", formula, int(style or 0)))
                shared.append((place, index, formula, made.style))
            if made is None:
                continue
            cells[place] = made
            if not marks:
                if len(_CELLS_SEEN) >= 15_000:
                    _CELLS_SEEN.clear()
                _CELLS_SEEN[whole] = (place, made, index)
        if stateful:  # what a shared formula says depends on rows before this one
            return cells, shared
        return _remembered(row, (cells, shared))

    def _take(self, element: Element) -> None:
        read = self.blocks.get(element.tag) or self.blocks.get(local(element.tag))
        if read is not None:
            read(element)

    def _row(self, row: Element) -> None:
        """The cells of a row, however they are written."""
        number = self.row = _whole(row.get("r"), self.row + 1)
        if _true(row.get("hidden")):
            self._hide(self.sheet.hidden_rows, number, number)
        column = 0
        for cell in row:
            get = cell.get
            ref = get("r")
            place = _PLACES.get(ref) or _place(ref) if ref else (number, column + 1)
            if place is None or place[1] > MAX_COL:
                continue
            column = place[1]
            text = formula = None
            for child in cell:
                tag = child.tag
                if ":" in tag:
                    tag = local(tag)
                if tag == "v":
                    text = child.text or ""
                elif tag == "f":
                    formula = self._formula(child.attrib, child.text or "", place)
                elif tag == "is":
                    text = _rich_text(child)
            if text is not None or formula is not None:
                self._store(place, get("t") or "n", text, formula, get("s"))
        self._bound_cells()

    def _store(
        self, place: tuple[int, int], kind: str, text: str | None, formula: str | None, style: str | None
    ) -> None:
        cell = self._made(kind, text, formula, _whole(style, 0))
        if cell is not None:
            self.sheet.cells[place] = cell

    def _made(self, kind: str, text: str | None, formula: str | None, style: int) -> Cell | None:
        """The cell of what stands there; None if nothing does."""
        value: str | float | int | bool | None = None
        if not text:
            value, kind = ("", "s") if text is not None and kind in ("str", "inlineStr") else (None, "")
        elif kind == "n":
            value, kind = _number(text)
        elif kind == "s":
            index, strings = _whole(text, -1), self.reader.strings
            value, kind = (strings[index], "s") if 0 <= index < len(strings) else (None, "")
        elif kind == "str":
            value, kind = _unescape(text) if "_x" in text else text, "s"
        else:
            value, kind = _other_value(kind, text)
        if kind or text or formula is not None:
            return _new_cell(Cell, (value, kind, formula, style))
        return None

    def _bound_cells(self) -> None:
        if len(self.sheet.cells) + self.reader.cell_count > self.reader.limits.cells:
            raise UnreadableFile("too_many_cells", sheet=self.sheet.name, limit=self.reader.limits.cells)

    def _formula(self, attrs: dict[str, str], text: str, place: tuple[int, int]) -> str:
        """The text of a formula: plain, array, data table or shared."""
        text = text.removeprefix("=")
        kind = attrs.get("t") if attrs else None
        if kind == "dataTable":
            return ""
        if kind != "shared":
            return text
        number = attrs.get("si", "")
        if text.strip():
            if number not in self.masters or "ref" in attrs:
                self.masters[number] = _Master(place, _pieces(text))
            return text
        if number not in self.masters:
            self.orphans.append((place, number))
            return ""
        return self._shifted(place, number)

    def _shifted(self, place: tuple[int, int], number: str) -> str:
        master = self.masters.get(number)
        if master is None:
            return ""
        text = _join(master.pieces, place[0] - master.place[0], place[1] - master.place[1])
        self.reader.spend_text(len(text))  # a long master with a million followers would fill the memory
        return text

    def _count(self, more: int) -> None:
        self.items += more
        self.reader.bound_items(self.items, self.key)

    def _hide(self, ranges: list[tuple[int, int]], first: int, last: int) -> None:
        if ranges and ranges[-1][1] == first - 1:
            ranges[-1] = (ranges[-1][0], last)
        else:
            self._count(1)
            ranges.append((first, last))

    def _cols(self, element: Element) -> None:
        for col in element:
            if _true(col.get("hidden")):
                self._hide(self.sheet.hidden_cols, _whole(col.get("min"), 0), _whole(col.get("max"), 0))

    def _protection(self, element: Element) -> None:
        self.sheet.protected = _true(element.get("sheet"))

    def _merges(self, element: Element) -> None:
        self._count(len(element))
        self.sheet.merges.extend(merge.get("ref", "") for merge in element)

    def _validations(self, element: Element) -> None:
        self._count(len(element))
        for item in element:
            parts: dict[str, str] = {}
            for child in item:  # the extension wraps formulas in xm:f and keeps the range in xm:sqref
                parts[local(child.tag)] = "".join(child.itertext()).strip()
            get = item.get
            self.sheet.validations.append(
                Validation(
                    get("sqref") or parts.get("sqref", ""),
                    get("type", "none"),
                    parts.get("formula1"),
                    parts.get("formula2"),
                    get("operator", "between"),
                )
            )

    def _extensions(self, element: Element) -> None:
        for extension in element:
            for child in extension:
                if local(child.tag) == "dataValidations":
                    self._validations(child)

    def _hyperlinks(self, element: Element) -> None:
        self._count(len(element))
        for link in element:
            self.links.append((link.get("ref", ""), _namespaced(link, "id"), link.get("location", "")))


# A row without its number is left to the exact path. What must follow what is checked by looking ahead, so that a text
# covered by these matches is rows of cells and nothing else. Each alternative is possessive: no backtracking.
_MARKS = r'(?: [A-Za-z0-9:]+="[^"<>&]*+")*+'
_ROWS = re.compile(
    rf'''((?:<row r="[0-9]+"{_MARKS}>)?<c r="([A-Z]{{1,3}}[0-9]{{1,7}})"(?: s="([0-9]{{1,5}})")?(?: t="([a-z]+)")?'''
    rf"""(?:/>|>(?:<f({_MARKS})(?:/>|>([^<]*+)</f>))?(?:<v>([^<]*+)</v>)?</c>)(?:(?=<c )|</row>(?=<row |\Z))"""
    rf'''|<row r="[0-9]+"{_MARKS}(?:/>|></row>)(?=<row |\Z))'''
)
_ATTRIBUTE = re.compile(r' ([A-Za-z0-9:]+)="([^"<>&]*)"')
_UTF8 = (b'<?xml version="1.0" encoding="UTF-8"', b'<?xml version="1.0" encoding="utf-8"', b"<worksheet")
_NOT_XML = bytes(code for code in range(32) if code not in (9, 10))  # and CR, which a parser would turn into LF


_Row = tuple[dict[tuple[int, int], Cell], list[tuple[tuple[int, int], int, str | None, int]]]
"""The cells of a row that stand alone, and (place, number of the shared string, formula, style) of the others."""
_ROWS_SEEN: dict[str, _Row] = {}
_Parts = dict[tuple[Limits, bytes], tuple[Any, ...]]
_AROUND: _Parts = {}
_WORKBOOKS: _Parts = {}
_STYLES: _Parts = {}
_STRING_FRAME = "<si><t></t></si>"
_STRINGS = re.compile(r"<si><t>([^<]*+)</t></si>")
_CONTROLS = "".join(map(chr, (*range(9), *range(11, 32))))  # CR among them, which a parser would turn into LF
_FORMULAS: dict[str, str] = {}
_seen_chars = 0
_SEEN_CHARS = 4_000_000
_CELLS_SEEN: dict[str, tuple[tuple[int, int], Cell, int]] = {}


def _keep(known: _Parts, part: tuple[Limits, bytes], what: tuple[Any, ...]) -> None:
    """Remember what a part said, for the books that hold the very same part; a few dozen, none of them large."""
    if len(part[1]) < 200_000:
        if len(known) >= 64:
            known.clear()
        known[part] = what


def _remembered(text: str, row: _Row) -> _Row:
    """Keep a row for the books to come; within a bound, so that a thousand strange books cannot fill the memory."""
    global _seen_chars
    if len(text) <= 20_000:
        _seen_chars += len(text)
        if _seen_chars > _SEEN_CHARS:
            _ROWS_SEEN.clear()
            _seen_chars = len(text)
        _ROWS_SEEN[text] = row
    return row


class _NotPlain(Exception):
    """What looked plain is not: the exact path must read this sheet."""


def _references(text: str) -> str:
    """The five references every XML text may hold, undone; amp last, or &amp;lt; would become <."""
    known = _FORMULAS.get(text)
    if known is not None:
        return known
    whole = text
    text = text.replace("&quot;", '"')
    if "&" in text:
        text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&apos;", "'")
        if text.count("&") != text.count("&amp;"):
            raise _NotPlain
        text = text.replace("&amp;", "&")
    if len(whole) < 1_000:  # mostly formulas, the same in book after book
        if len(_FORMULAS) >= 20_000:
            _FORMULAS.clear()
        _FORMULAS[whole] = text
    return text


# ── values ────────────────────────────────────────────────────────────────────────────────────────────────────────────

_new_cell: Callable[[type[Cell], tuple[object, ...]], Cell] = tuple.__new__  # half the time of Cell(...)
_PLACES: dict[str, tuple[int, int]] = {}  # references seen, for every book read: forms repeat the same few hundred
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_FRACTION = re.compile(r"[.eE]")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def _place(ref: str) -> tuple[int, int] | None:
    """(row, column) of an A1 reference; None if it is none, or lies outside the sheet."""
    match = _REFERENCE.fullmatch(ref)
    if match is None:
        return None
    place = int(match[2]), _column(match[1])
    if not (1 <= place[0] <= MAX_ROW and place[1] <= MAX_COL):
        return None
    if len(_PLACES) >= 100_000:
        _PLACES.clear()
    _PLACES[ref] = place
    return place


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _whole(text: str | None, default: int) -> int:
    """A whole number in plain digits, else the default."""
    if text and text.isdigit() and text.isascii() and len(text) < 10:
        return int(text)
    return default


def _true(text: str | None) -> bool:
    return text is not None and text.strip() in ("1", "true", "on")


def _namespaced(element: Element, name: str) -> str:
    """An attribute that has a prefix, whichever the file chose for it (r:id)."""
    ending = ":" + name
    return next((value for key, value in element.attrib.items() if key.endswith(ending)), "")


def _number(text: str) -> tuple[str | float | int, str]:
    """A number as written; whole ones within 15 digits as int. What is no number stays text: nothing sent is lost."""
    if text.isdecimal() and len(text) < 16 and text.isascii():
        return int(text), "n"
    try:
        value = float(text)
    except ValueError:
        return text, "s"
    if not text.isascii() or "_" in text or value - value != 0:  # Python's own liberties: １, 1_0, nan, inf
        return text, "s"
    if value.is_integer() and -1e15 < value < 1e15 and not _FRACTION.search(text):
        return int(value), "n"
    return value, "n"


def _other_value(kind: str, text: str) -> tuple[str | bool | None, str]:
    """The value of a cell that is neither a number nor a shared string."""
    if kind == "b":
        word = text.strip().lower()
        return (word in ("1", "true"), "b") if word in ("0", "1", "true", "false") else _or_nothing(text)
    if kind == "e":
        return (text.strip(), "e") if text.strip() else (None, "")
    if kind == "d":
        return (text.strip(), "d") if text.strip() else (None, "")
    if kind == "str":
        return _unescape(text), "s"
    return (text, "s") if kind == "inlineStr" else _or_nothing(text)


def _or_nothing(text: str) -> tuple[str | None, str]:
    return (text, "s") if text else (None, "")


def _rich_text(element: Element) -> str:
    """The text of an <si> or <is>: its own or its runs', without the phonetic hints (rPh)."""
    if len(element) == 1 and (only := element[0]).tag == "t":
        return _plain_text(only)
    texts: list[str] = []
    for child in element:
        tag = local(child.tag)
        if tag == "t":
            texts.append(_plain_text(child))
        elif tag == "r":
            texts.extend(_plain_text(part) for part in child if local(part.tag) == "t")
    return "".join(texts)


def _plain_text(element: Element) -> str:
    text = element.text or ""
    if text.strip(_SPACE) != text and element.get("xml:space") != "preserve":
        text = text.strip(_SPACE)  # as Excel does; only XML's own space, never U+3000
    return _unescape(text) if "_x" in text else text


def _unescape(text: str) -> str:
    """Undo _xHHHH_ (and _x005F_, which protects a literal one); halves of a surrogate pair are joined, or replaced."""
    if "_x" not in text:
        return text
    plain = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    return plain.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


# ── shared formulas ───────────────────────────────────────────────────────────────────────────────────────────────────


class _Reference(NamedTuple):
    """A relative reference inside a formula: a cell, or one end of a whole-column or whole-row range (the other 0)."""

    row: int
    col: int
    row_fixed: bool
    col_fixed: bool


# Every alternative consumes what it began, closed or not, so the scan is linear whatever the text. A doubled quote is
# simply two quoted tokens side by side. Words take letters of any script: 费用2 or A1_x is one word, no reference.
_TOKEN = re.compile(r"""(?s:"[^"]*"?|'[^']*'?|\[(?:'.|[^\[\]'])*+\]?|[\w.$\\?]+|.)""")
_WORD_CELL = re.compile(r"(\$?)([A-Za-z]{1,3})(\$?)([0-9]{1,7})")
_WORD_COLUMN = re.compile(r"(\$?)([A-Za-z]{1,3})")
_WORD_ROW = re.compile(r"(\$?)([0-9]{1,7})")


def shift_formula(formula: str, rows: int, cols: int) -> str:
    """The formula as it would read `rows` down and `cols` to the right: relative A1 references move, nothing else."""
    return _join(_pieces(formula), rows, cols)


def _pieces(formula: str) -> list[str | _Reference]:
    """The formula cut into texts that stay and references that move."""
    tokens = _TOKEN.findall(formula)
    count = len(tokens)
    pieces: list[str | _Reference] = []
    index = 0
    while index < count:
        after = tokens[index + 1] if index + 1 < count else ""
        if after == ":" and index + 2 < count:
            beyond = tokens[index + 3] if index + 3 < count else ""
            if beyond == "!":  # Jan:Mar!A1, a range of sheets
                pieces.append("".join(tokens[index : index + 3]))
                index += 3
                continue
            ends = None if beyond == "(" else _line_range(tokens[index], tokens[index + 2])
            if ends is not None:
                pieces += [ends[0], ":", ends[1]]
                index += 3
                continue
        pieces.append(tokens[index] if after in ("(", "!") or after[:1] == "[" else _cell_word(tokens[index]))
        index += 1
    return pieces


def _cell_word(word: str) -> str | _Reference:
    """A reference if the word is one that can move, else the word."""
    match = _WORD_CELL.fullmatch(word)
    if match is None:
        return word
    row, col = int(match[4]), _column(match[2])
    if not (1 <= row <= MAX_ROW and col <= MAX_COL) or (match[1] and match[3]):
        return word
    return _Reference(row, col, bool(match[3]), bool(match[1]))


def _line_range(first: str, last: str) -> tuple[_Reference, _Reference] | None:
    """Both ends of A:C or 1:3; None for anything else, so that a lone word or number never moves."""
    columns = _WORD_COLUMN.fullmatch(first), _WORD_COLUMN.fullmatch(last)
    if columns[0] and columns[1]:
        a, b = (_Reference(0, _column(match[2]), True, bool(match[1])) for match in columns if match)
        return (a, b) if max(a.col, b.col) <= MAX_COL else None
    rows = _WORD_ROW.fullmatch(first), _WORD_ROW.fullmatch(last)
    if rows[0] and rows[1]:
        a, b = (_Reference(int(match[2]), 0, bool(match[1]), True) for match in rows if match)
        return (a, b) if min(a.row, b.row) > 0 and max(a.row, b.row) <= MAX_ROW else None
    return None


def _join(pieces: list[str | _Reference], rows: int, cols: int) -> str:
    texts: list[str] = []
    for piece in pieces:
        if isinstance(piece, str):
            texts.append(piece)
            continue
        row = piece.row if piece.row_fixed or not piece.row else piece.row + rows
        col = piece.col if piece.col_fixed or not piece.col else piece.col + cols
        if (piece.row and not 1 <= row <= MAX_ROW) or (piece.col and not 1 <= col <= MAX_COL):
            texts.append("#REF!")
            continue
        if piece.col:
            texts.append(("$" if piece.col_fixed else "") + _letters(col))
        if piece.row:
            texts.append(("$" if piece.row_fixed else "") + str(row))
    return "".join(texts)


_YEAR_MONTH, _MONTH_DAY, _YEAR_MONTH_DAY = 'yyyy"年"m"月"', 'm"月"d"日"', 'yyyy"年"m"月"d"日"'
_HOURS, _SECONDS = 'h"时"mm"分"', 'h"时"mm"分"ss"秒"'
_BUILTIN_FORMATS = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: '"¥"#,##0;"¥"-#,##0',
    6: '"¥"#,##0;[Red]"¥"-#,##0', 7: '"¥"#,##0.00;"¥"-#,##0.00', 8: '"¥"#,##0.00;[Red]"¥"-#,##0.00',
    9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 14: "yyyy/m/d", 15: "d-mmm-yy",
    16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss",
    22: "yyyy/m/d h:mm", 27: _YEAR_MONTH, 28: _MONTH_DAY, 29: _MONTH_DAY, 30: "m-d-yy", 31: _YEAR_MONTH_DAY,
    32: _HOURS, 33: _SECONDS, 34: "上午/下午" + _HOURS, 35: "上午/下午" + _SECONDS, 36: _YEAR_MONTH,
    37: "#,##0;-#,##0", 38: "#,##0;[Red]-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;[Red]-#,##0.00",
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@", 50: _YEAR_MONTH, 51: _MONTH_DAY,
    52: _YEAR_MONTH, 53: _MONTH_DAY, 54: _MONTH_DAY, 55: "上午/下午" + _HOURS, 56: "上午/下午" + _SECONDS,
    57: _YEAR_MONTH, 58: _MONTH_DAY,
}  # fmt: skip  # the ids a file may use without defining them, as a Chinese Excel shows them
