"""Writes the consolidated workbook: cover, first page, and the sheets of a plan."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from xltools.form.layout import text_height
from xltools.writing import styles
from xltools.writing.consolidated.addresses import Addresses, place_of
from xltools.writing.consolidated.excel_limits import EXCEL, ExcelLimits, split
from xltools.writing.consolidated.grid import GridWriter
from xltools.writing.consolidated.letter import write_letter
from xltools.writing.consolidated.overview import OverviewWriter
from xltools.writing.consolidated.plan import Cover, Grid, Letter, Page, Plan, Reader
from xltools.writing.workbook import Writer, ensure, strict

TABS: dict[Reader, str] = {"leader": styles.HEADER_FILL, "work": "#A9D18E", "proof": "#BFBFBF"}
MANY = 300_000
"""Cells from which rows go to a file as they are written instead of staying in memory."""


def no_links(_: str) -> str | None:
    """Link nothing."""
    return None


def consolidated(plan: Plan, links: Callable[[str], str | None] = no_links, limits: ExcelLimits = EXCEL) -> bytes:
    """Return the workbook's bytes; every formula carries its value.

    `links` gives the target for a file that was sent, or None where there is nothing to link to.
    """
    sheets: list[Page] = []
    for sheet in plan.sheets:
        sheets += split(sheet, place_of(sheet).header, limits) if isinstance(sheet, Grid) else [sheet]
    grids = [s for s in sheets if isinstance(s, Grid)]
    where = Addresses(grids)
    with strict():
        lean = sum(g.rows * len(g.columns) for g in grids) > MANY
        writer = Writer(plan.title, plan.subject, lean=lean)
        _cover(writer, plan.cover)
        for made in sheets:
            page = writer.sheet(made.name)
            if isinstance(made, Grid):
                GridWriter(writer, page, made, where, limits, links).write()
            elif isinstance(made, Letter):
                write_letter(writer, page, made)
            else:
                OverviewWriter(writer, page, made, where).write()
            page.set_tab_color(TABS[made.reader if isinstance(made, Grid) else "leader"])
        return writer.finish()


def _cover(writer: Writer, cover: Cover) -> None:
    """The cover, one landscape page."""
    sheet = writer.sheet("封面")
    sheet.set_column(0, 0, 132)
    sheet.hide_gridlines(2)
    centre = {"align": "center", "valign": "vcenter", "text_wrap": True}
    lines: list[tuple[str, float, dict[str, Any]]] = [
        ("", 70, {}),
        (cover.year, 34, {"font_size": 20, "font_color": styles.HEADING_INK}),
        (cover.title, 60, {"font_size": 30, "bold": True, "font_color": styles.HEADING_INK}),
        ("", 10, {"bottom": 5, "bottom_color": styles.HEADER_FILL}),
        ("", 26, {}),
        *_cover_lines(cover),
        ("", 80, {}),
        (cover.bureau, 30, {"font_size": 16}),
        (cover.day, 26, {"font_size": 14}),
    ]
    for row, (words, height, style) in enumerate(lines):
        sheet.set_row(row, height)
        ensure(sheet.write_string(row, 0, words, writer.format(centre, dict(style))), "封面") if words else ensure(
            sheet.write_blank(row, 0, None, writer.format(dict(style))), "封面"
        )
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.center_horizontally()
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(1, 1)
    sheet.set_footer("&C&9" + cover.footer.replace("&", "&&"))
    sheet.set_tab_color(TABS["leader"])
    sheet.print_area(0, 0, len(lines) - 1, 0)


def _cover_lines(cover: Cover) -> Iterator[tuple[str, float, dict[str, Any]]]:
    for words in cover.lines:
        yield words, text_height(words, 120, 20.0), {"font_size": 12}
