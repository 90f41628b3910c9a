"""From a document to passages: its paragraphs in order, its tables (and lines parted by bars) as sentences of their own."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.intake.narrative.document import Document, Paragraph
from xltools.intake.narrative.facts.figures import Line, Passage, read_passages
from xltools.intake.narrative.facts.tables import cells_of, table_sentences, unit_of

_SENTENCE = 20


def passages_of(document: Document) -> list[Passage]:
    """Return the passages of a document; a table of lines stands where it is, a table of cells behind the text."""
    return read_passages(list(_lines(document)))


def _lines(document: Document) -> Iterator[Line]:
    above: list[Paragraph] = []
    rows: list[list[str]] = []
    unit = place = ""
    for paragraph in document.paragraphs:
        cells = [] if paragraph.heading else cells_of(paragraph.text)
        if not cells and rows:
            yield from _table(rows, unit, above, place)
            rows = []
        if paragraph.heading:
            above = [p for p in above if p.level < paragraph.level] + [paragraph]
        if (prose := _one_of_prose(cells)) is not None:
            yield Line(prose, False, tuple(p.text for p in above), paragraph.place)
            continue
        if cells:
            place = place if rows else paragraph.place
            rows.append(cells)
            continue
        unit = unit_of(paragraph.text) or unit
        yield Line(paragraph.text, paragraph.heading, tuple(p.text for p in above), paragraph.place)
    yield from _table(rows, unit, above, place)
    for number, grid in enumerate(document.grids, start=1):
        first = " ".join(grid.rows[0]) if grid.rows else ""
        yield from _table(grid.rows, unit_of(first) or unit, above, f"第 {number} 个表")


def _one_of_prose(cells: list[str]) -> str | None:
    """A line's only cell, where it is a sentence and no value of a table."""
    told = [cell for cell in cells if cell]
    return told[0] if len(told) == 1 and len(told[0]) > _SENTENCE else None


def _table(rows: list[list[str]], unit: str, above: list[Paragraph], place: str) -> Iterator[Line]:
    title = "".join(p.text for p in above)
    for sentence in table_sentences(rows, unit, title):
        yield Line(sentence, False, tuple(p.text for p in above), place)
