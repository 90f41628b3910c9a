"""The fast path: parts written the way Excel, WPS, LibreOffice and the usual libraries write them.

It gives the same answer as the exact reader or none: a strict grammar covers what it takes from the first byte to the
last. What it has seen it knows again, for forms repeat the same rows, styles and names in book after book.
"""

from __future__ import annotations

import re
from typing import Any

from xltools.intake.files.bounds import FileLimits
from xltools.intake.xlsx.model import Cell, Sheet
from xltools.intake.xlsx.shared_formulas import SharedFormulas
from xltools.intake.xlsx.values import PLACES, SPACE, cell_of, is_true, new_cell, place_of

# A row without its number is left to the exact path. What must follow what is checked by looking ahead, so that a text
# covered by these matches is rows of cells and nothing else. Each alternative is possessive: no backtracking.
_MARKS = r'(?: [A-Za-z0-9:]+="[^"<>&]*+")*+'
_ROWS = re.compile(
    rf'''((?:<row r="[0-9]{{1,7}}"{_MARKS}>)?<c r="([A-Z]{{1,3}}[0-9]{{1,7}})"(?: s="([0-9]{{1,5}})")?(?: t="([a-z]+)")?'''
    rf"""(?:/>|>(?:<f({_MARKS})(?:/>|>([^<]*+)</f>))?(?:<v>([^<]*+)</v>)?</c>)(?:(?=<c )|</row>(?=<row |\Z))"""
    rf'''|<row r="[0-9]{{1,7}}"{_MARKS}(?:/>|></row>)(?=<row |\Z))'''
)
_ATTRIBUTE = re.compile(r' ([A-Za-z0-9:]+)="([^"<>&]*)"')
_UTF8 = (b'<?xml version="1.0" encoding="UTF-8"', b'<?xml version="1.0" encoding="utf-8"', b"<worksheet")
_NOT_XML = bytes(code for code in range(32) if code not in (9, 10))  # and CR, which a parser would turn into LF


_Row = tuple[dict[tuple[int, int], Cell], list[tuple[tuple[int, int], int, str | None, int]], list[int]]
"""The cells of a row that stand alone, (place, number of the shared string, formula, style) of the others, and the
numbers of the rows that are hidden, where there are any."""
_ROWS_SEEN: dict[str, _Row] = {}
KnownParts = dict[tuple[FileLimits, bytes], tuple[Any, ...]]
AROUND: KnownParts = {}
WORKBOOKS: KnownParts = {}
STYLES: KnownParts = {}
"""What parts said that were seen before: around a sheet's cells, the workbook's own, its styles."""
_STRING_FRAME = "<si><t></t></si>"
_STRINGS = re.compile(r"<si><t>([^<]*+)</t></si>")
_CONTROLS = "".join(map(chr, (*range(9), *range(11, 32))))  # CR among them, which a parser would turn into LF
_FORMULAS: dict[str, str] = {}
_seen_chars = 0
_SEEN_CHARS = 4_000_000
_CELLS_SEEN: dict[str, tuple[tuple[int, int], Cell, int]] = {}


def keep(known: KnownParts, part: tuple[FileLimits, bytes], what: tuple[Any, ...]) -> None:
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


def plain_strings(content: bytes, limit: int) -> list[str] | None:
    """The shared strings of a part that is nothing but plainly written ones, else None."""
    start, end = content.find(b"<si>"), content.rfind(b"</sst>")
    if not 0 < start < end or not content.startswith(_UTF8) or b"_x" in content or b"<!" in content[:start]:
        return None
    try:
        body = content[start:end].decode()
        found = _STRINGS.findall(body)
        if sum(map(len, found)) + len(_STRING_FRAME) * len(found) != len(body):
            return None
        texts = [_references(text) if "&" in text else text for text in found]
    except (UnicodeDecodeError, _NotPlain):
        return None
    if len(texts) > limit or any(ch in body for ch in _CONTROLS) or any(t.strip(SPACE) != t for t in texts):
        return None
    return texts


def _attributes(tag: str) -> dict[str, str]:
    found = _ATTRIBUTE.findall(tag)
    marks = dict(found)
    if len(marks) != len(found):  # an attribute told twice is no XML
        raise _NotPlain
    return marks


def _hidden_row(whole: str) -> list[int]:
    """The number of the row whose tag begins `whole`, if the tag hides it."""
    marks = _attributes(whole[: whole.index(">")])
    return [int(marks["r"])] if is_true(marks.get("hidden")) else []


class PlainRows:
    """Takes the cells out of a small sheet that is written plainly."""

    def __init__(self, sheet: Sheet, strings: list[str], formulas: SharedFormulas) -> None:
        self._cells, self._strings, self._formulas = sheet.cells, strings, formulas
        self.hidden: list[int] = []  # rows, from 1

    def cut(self, part: bytes) -> bytes | None:
        """Store the cells of the part and return what is left of it; None (and nothing stored) if it is not plain."""
        start, end = part.find(b"<sheetData>") + 11, part.rfind(b"</sheetData>")
        if not 11 <= start < end or not part.startswith(_UTF8):
            return None
        rest, body = part[:start] + part[end:], part[start:end]
        if b"<!" in rest or b"<?" in rest[2:]:  # a comment could hold what looks like the cells
            return None
        if len(body.translate(None, _NOT_XML)) != len(body):
            return None
        try:
            text = body.decode()
        except UnicodeDecodeError:
            return None
        if not text.startswith("<row"):
            return None
        try:
            self._plain_rows(text)
        except _NotPlain:
            self._cells.clear()
            self.hidden.clear()
            self._formulas.start_over()
            return None
        return rest

    def _plain_rows(self, text: str) -> None:
        """Store the cells of rows that `_ROWS` covers wholly. Most rows of a form are the same in book after book."""
        cells, strings, count = self._cells, self._strings, len(self._strings)
        rows = text.split("</row>")
        last = rows.pop()
        for row in rows:
            known = _ROWS_SEEN.get(row)
            if known is None:
                known = self._plain_row(row)
            cells.update(known[0])
            self.hidden += known[2]
            for place, index, formula, style in known[1]:
                if index < count:
                    cells[place] = new_cell(Cell, (strings[index], "s", formula, style))
        if last:  # empty rows at the end, if all is well
            alone, _, hidden = self._plain_row(last, "")
            cells.update(alone)
            self.hidden += hidden

    def _plain_row(self, row: str, end: str = "</row>") -> _Row:
        """What one row holds, and the empty ones before it."""
        found = _ROWS.findall(row + end)
        if sum([len(match[0]) for match in found]) != len(row) + len(end):
            raise _NotPlain
        cells: dict[tuple[int, int], Cell] = {}
        shared: list[tuple[tuple[int, int], int, str | None, int]] = []
        hidden: list[int] = []
        stateful = False
        for whole, ref, style, kind, marks, formula_text, text in found:
            if whole.startswith("<row"):
                hidden += _hidden_row(whole)
            known = _CELLS_SEEN.get(whole)
            if known is not None:
                spot, cell, index = known
                if spot in cells:
                    raise _NotPlain
                cells[spot] = cell
                if index >= 0:
                    shared.append((spot, index, cell.formula, cell.style))
                continue
            place = PLACES.get(ref) or place_of(ref)
            if place is None:  # an empty row, or beyond the sheet's edge
                continue
            formula: str | None = None
            if formula_text or "<f" in whole:
                formula = _references(formula_text) if "&" in formula_text else formula_text
                if marks or formula[:1] == "=":
                    formula, stateful = self._formulas.text_of(_attributes(marks), formula, place), True
            elif not text and "<v" not in whole:
                continue
            if place in cells:  # one cell told twice
                raise _NotPlain
            if "&" in text:
                text = _references(text)
            index = int(text) if kind == "s" and text.isdecimal() and len(text) < 10 else -1
            given = text if index < 0 and (text or "<v" in whole) else None
            made = cell_of(kind or "n", given, formula, int(style or 0), self._strings)
            if index >= 0:  # as it stands if there is no such string
                made = new_cell(Cell, (None, "", formula, int(style or 0)))
                shared.append((place, index, formula, made.style))
            if made is None:
                continue
            cells[place] = made
            if not marks:
                if len(_CELLS_SEEN) >= 15_000:
                    _CELLS_SEEN.clear()
                _CELLS_SEEN[whole] = (place, made, index)
        if stateful:  # what a shared formula says depends on rows before this one
            return cells, shared, hidden
        return _remembered(row, (cells, shared, hidden))
