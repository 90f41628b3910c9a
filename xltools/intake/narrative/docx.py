"""Reads the paragraphs and tables of a .docx with the bounded package reader; automatic numbers are written out."""

from __future__ import annotations

from xltools.errors import UnreadableFile
from xltools.intake.files.bounds import FileLimits, NarrativeLimits
from xltools.intake.narrative.numbering import Numbering
from xltools.intake.xlsx.package import Package, local, new_parser

_SKIPPED = frozenset({"fallback", "deltext", "instrtext", "movefrom", "rpr", "sectpr", "object"})
_DEEPEST = 200
_BUILDING = frozenset({"p", "tbl", "tr", "tc", "br", "cr", "tab", "ptab"})


def docx_blocks(data: bytes, limits: NarrativeLimits) -> list[str | list[list[str]]]:
    """Return paragraphs and tables in order. Raises UnreadableFile when there is no Word document in the package."""
    package = Package(data, FileLimits(file_bytes=limits.file_bytes, expanded_bytes=limits.expanded_bytes))
    part = package.find("/word/document.xml")
    if part is None:
        raise UnreadableFile("not_text")
    numbering = package.find("/word/numbering.xml")
    reader = _Reader(Numbering(package, numbering) if numbering is not None else None, limits)
    parser = new_parser()
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    package.parse(part, parser)
    return reader.blocks


class _Reader:
    """Follows the document's elements; a nested table's text goes into the cell that holds it."""

    def __init__(self, numbering: Numbering | None, limits: NarrativeLimits) -> None:
        self.blocks: list[str | list[list[str]]] = []
        self._numbering = numbering
        self._depth = 0
        self._skip = 0
        self._tables: list[list[list[str]]] = []
        self._paragraphs: list[tuple[list[str], dict[str, str]]] = []
        self._cells: list[list[str]] = []
        self._taking = False
        self._left = limits.chars + limits.lines

    def _spend(self, count: int) -> None:
        """Count characters, breaks, paragraphs and cells, so that none of them fills the memory."""
        self._left -= count
        if self._left < 0:
            raise UnreadableFile("too_large")

    def start(self, tag: str, attrs: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise UnreadableFile("too_deep", depth=self._depth, limit=_DEEPEST)
        name = local(tag).lower()
        if self._skip or name in _SKIPPED:
            self._skip += 1
            return
        if name in _BUILDING:
            self._spend(1)
        if name == "p":
            self._paragraphs.append(([], {}))
        elif name == "tbl":
            self._tables.append([])
        elif name == "tr" and self._tables:
            self._tables[-1].append([])
        elif name == "tc" and self._tables:
            self._cells.append([])
        elif name == "t":
            self._taking = True
        elif self._paragraphs:
            self._in_paragraph(name, attrs)

    def _in_paragraph(self, name: str, attrs: dict[str, str]) -> None:
        words, properties = self._paragraphs[-1]
        if name in ("tab", "ptab") and attrs.get("w:val") is None:
            words.append(" ")
        elif name in ("br", "cr"):
            words.append("\n")
        elif name in ("numid", "ilvl"):
            properties[name] = next((v for k, v in attrs.items() if local(k) == "val"), "0")

    def text(self, data: str) -> None:
        if self._taking and not self._skip and self._paragraphs:
            self._spend(len(data))
            self._paragraphs[-1][0].append(data)

    def end(self, tag: str) -> None:
        self._depth -= 1
        if self._skip:
            self._skip -= 1
            return
        name = local(tag).lower()
        if name == "t":
            self._taking = False
        elif name == "p" and self._paragraphs:
            self._paragraph(*self._paragraphs.pop())
        elif name == "tc" and self._cells and self._tables and self._tables[-1]:
            self._tables[-1][-1].append("\n".join(self._cells.pop()))
        elif name == "tbl" and self._tables:
            table = self._tables.pop()
            if self._cells:
                self._cells[-1] += ["".join(row) for row in table]
            else:
                self.blocks.append(table)

    def _paragraph(self, words: list[str], properties: dict[str, str]) -> None:
        text = "".join(words)
        if self._numbering is not None and text.strip():
            label = self._numbering.label(properties.get("numid"), properties.get("ilvl", "0"))
            self._spend(len(label))
            text = label + text
        if self._cells:
            self._cells[-1].append(text)
        else:
            self.blocks += text.split("\n")
