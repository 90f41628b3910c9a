"""From a document to passages: its paragraphs in order, its tables (and lines parted by bars) as sentences of their own."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.intake.narrative.document import Document, Paragraph
from xltools.intake.narrative.facts.figures import Passage, read_passages
from xltools.intake.narrative.facts.tables import cells_of, table_sentences, unit_of


def passages_of(document: Document) -> list[Passage]:
    """Return the passages of a document; those made of tables come where the table stands, or last."""
    return read_passages(list(_texts(document)))


def _texts(document: Document) -> Iterator[tuple[str, bool, tuple[str, ...]]]:
    above: list[Paragraph] = []
    rows: list[list[str]] = []
    unit = ""
    for paragraph in document.paragraphs:
        cells = [] if paragraph.heading else cells_of(paragraph.text)
        if not cells and rows:
            yield from _table(rows, unit, above)
            rows = []
        if paragraph.heading:
            above = [p for p in above if p.level < paragraph.level] + [paragraph]
        if cells:
            rows.append(cells)
            continue
        unit = unit_of(paragraph.text) or unit
        yield paragraph.text, paragraph.heading, tuple(p.text for p in above)
    if rows:
        yield from _table(rows, unit, above)
    for grid in document.grids:
        first = " ".join(grid.rows[0]) if grid.rows else ""
        yield from _table(grid.rows, unit_of(first) or unit, above)


def _table(rows: list[list[str]], unit: str, above: list[Paragraph]) -> Iterator[tuple[str, bool, tuple[str, ...]]]:
    title = "".join(p.text for p in above)
    for sentence in table_sentences(rows, unit, title):
        yield sentence, False, tuple(p.text for p in above)
