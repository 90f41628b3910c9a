"""Writes a page of words for the leader: headings and paragraphs on one A4 page, free to be edited."""

from __future__ import annotations

from typing import Any

from xlsxwriter.worksheet import Worksheet

from xltools.form.layout import text_height
from xltools.writing import styles
from xltools.writing.consolidated import looks
from xltools.writing.consolidated.plan import Letter
from xltools.writing.workbook import Writer, ensure

WIDTH = 88.0
_TEXT: dict[str, Any] = {"text_wrap": True, "valign": "top", "font_size": 11}
_LINE = 17.5


def write_letter(writer: Writer, sheet: Worksheet, letter: Letter) -> None:
    """Write the whole page; nothing is locked."""
    sheet.set_column(0, 0, WIDTH)
    rows: list[tuple[str, float, dict[str, Any]]] = [
        (letter.title, 40, looks.TITLE | {"align": "center", "text_wrap": True}),
        (letter.note, 18, looks.NOTE | {"align": "center"}),
    ]
    for part in letter.parts:
        rows.append(
            (part.title, 26, {"bold": True, "font_size": 13, "font_color": styles.HEADING_INK, "valign": "vcenter"})
        )
        rows += [("　　" + words, text_height("　　" + words, WIDTH - 4, _LINE) + 4, _TEXT) for words in part.lines]
    rows += [("", 10, {})]
    rows += [(words, 20, {"align": "right", "font_size": 11}) for words in letter.signed if words]
    for row, (words, height, style) in enumerate(rows):
        sheet.set_row(row, min(400.0, height))
        look = writer.format(style)
        result = sheet.write_string(row, 0, words, look) if words else sheet.write_blank(row, 0, None, look)
        ensure(result, letter.name)
    sheet.hide_gridlines(2)
    sheet.set_paper(9)
    sheet.set_portrait()
    sheet.set_margins(left=0.7, right=0.7, top=0.7, bottom=0.7)
    sheet.center_horizontally()
    sheet.fit_to_pages(1, 1)
    sheet.set_footer("&L&9&A&C&9第 &P 页，共 &N 页")
    sheet.print_area(0, 0, len(rows) - 1, 0)
