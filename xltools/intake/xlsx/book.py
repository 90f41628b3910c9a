"""Reads an .xlsx workbook as evidence: the parts beside its sheets here, each sheet by the exact reader.

Further reasons given by `UnreadableFile.reason` here: no_workbook, bad_workbook, too_many_cells, too_many_strings,
too_many_names, too_many_styles, too_many_sheets, too_many_items, too_much_text, internal.
"""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import Element

from xltools.errors import UnreadableFile
from xltools.intake.files.bounds import FileLimits
from xltools.intake.xlsx import fast
from xltools.intake.xlsx.model import Book, Sheet
from xltools.intake.xlsx.number_formats import BUILTIN_FORMATS
from xltools.intake.xlsx.package import Package, local, new_parser
from xltools.intake.xlsx.sheet import SheetReader
from xltools.intake.xlsx.source import Relation, Source
from xltools.intake.xlsx.values import is_true, namespaced, rich_text, whole

_ACTIVE_PARTS = {
    "activex": "activex",
    "embeddings": "embedding",
    "querytables": "query_table",
    "customui": "custom_ui",
    "connections.xml": "connection",
    "vbaproject.bin": "macros",
}
_SHEET_KINDS = {"chartsheet": "chartsheet", "dialogsheet": "dialogsheet", "xlmacrosheet": "macrosheet"}
_DEFAULT_LIMITS = FileLimits()


def read_book(source: str | Path | bytes, limits: FileLimits = _DEFAULT_LIMITS) -> Book:
    """Read a workbook, or raise UnreadableFile: no other exception leaves this function."""
    try:
        return _BookReader(Source(Package(source, limits), limits)).read()
    except UnreadableFile:
        raise
    except (Exception, RecursionError) as error:  # a case nobody thought of must not stop a batch of a hundred books
        raise UnreadableFile("internal", error=repr(error)) from error


class _BookReader:
    """Reads one package into one Book."""

    def __init__(self, source: Source) -> None:
        self.source, self.package, self.limits = source, source.package, source.limits
        self.book = Book()

    def read(self) -> Book:
        """Read the workbook and all of its sheets. Raises UnreadableFile."""
        part = self._workbook_part()
        relations = self.source.relations(part)
        listed: list[Element] = []
        seen: list[bytes] = []

        def cut(content: bytes) -> bytes:
            known = fast.WORKBOOKS.get((self.limits, content))
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
            fast.keep(
                fast.WORKBOOKS,
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
        for relation in self.source.relations("").values():
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

    def _workbook_element(self, element: Element, listed: list[Element]) -> None:
        tag = local(element.tag)
        if tag == "sheet":
            listed.append(element)
        elif tag == "definedNames":
            self._defined_names(element)
        elif tag == "workbookPr":
            self.book.date1904 = is_true(element.get("date1904"))

    def _defined_names(self, element: Element) -> None:
        if len(element) > self.limits.names:
            raise UnreadableFile("too_many_names", names=len(element), limit=self.limits.names)
        for child in element:
            name, text, scope = child.get("name", ""), (child.text or "").strip(), child.get("localSheetId")
            text = text.removeprefix("=")
            if scope is None:
                self.book.names[name] = text
            else:
                self.book.sheet_names[whole(scope, -1), name] = text

    def _parts_beside(self, part: str, relations: dict[str, Relation]) -> None:
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
        strings, limit = self.source.strings, self.limits.strings

        def take(element: Element) -> None:
            text = rich_text(element)
            self.source.text_left -= len(text)
            strings.append(text)
            if len(strings) > limit or self.source.text_left < 0:
                raise UnreadableFile("too_many_strings", strings=len(strings), limit=limit)

        def cut(content: bytes) -> bytes:
            plain = fast.plain_strings(content, limit)
            if plain is None:
                return content
            strings.extend(plain)
            self.source.spend_text(sum(map(len, plain)))
            return content[: content.find(b"<si>")] + content[content.rfind(b"</sst>") :]

        self.package.elements(key, "", take, cut)

    def _styles(self, key: str) -> None:
        codes = dict(BUILTIN_FORMATS)
        used: list[int] = []
        seen: list[bytes] = []

        def cut(content: bytes) -> bytes:
            known = fast.STYLES.get((self.limits, content))
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
                number = whole(child.get("numFmtId"), 0)
                if tag == "cellXfs":
                    used.append(number)
                else:
                    codes[number] = child.get("formatCode", "")

        self.package.elements(key, "", take, cut)
        if not self.book.number_formats:
            self.book.number_formats = [codes.get(number, "General") for number in used]
        for content in seen:
            fast.keep(fast.STYLES, (self.limits, content), tuple(self.book.number_formats))

    def _sheet(self, element: Element, index: int, part: str, relations: dict[str, Relation]) -> Sheet:
        sheet = Sheet(element.get("name", ""), element.get("state", "visible"))
        relation = relations.get(namespaced(element, "id"))
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
            SheetReader(self.source, sheet, key).read()
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
        targets = [relation.target for relation in self.source.relations(key).values()]
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
