"""Writes the first page of a consolidated workbook: verdict, figures, charts, and what to look at in words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from xlsxwriter.worksheet import Worksheet

from xltools.form.layout import text_height
from xltools.writing import styles
from xltools.writing.consolidated import looks
from xltools.writing.consolidated.addresses import Addresses
from xltools.writing.consolidated.plan import Bars, KeyFigure, Overview, Paragraphs
from xltools.writing.workbook import Writer, ensure

ACROSS = 24
WIDTH = 4.2
ROOM = ACROSS * (WIDTH + 0.6)
"""Characters across the page: each column is a little wider than its characters."""
PAGE = 512.0
"""Points down a printed page."""
_COLOURS = (styles.HEADER_FILL, "#C00000")
_LOOKS = {"complete": styles.GOOD, "stage": styles.DOUBT, "broken": styles.BAD}
PER_ROW = {"third": 3, "half": 2}
_NUMBERS = {"integer": "#,##0", "amount": "#,##0.00", "percent": '0.00"%"', "score": "0.00"}


class OverviewWriter:
    """Writes one first page from top to bottom, breaking pages between its parts."""

    def __init__(self, writer: Writer, sheet: Worksheet, page: Overview, where: Addresses) -> None:
        self.writer, self.sheet, self.page, self.where = writer, sheet, page, where
        self.row, self.used = 0, 0.0
        self.breaks: list[int] = []

    def write(self) -> None:
        """Write everything in order."""
        page = self.page
        self.sheet.set_column(0, ACROSS - 1, WIDTH)
        self._line(page.title, looks.TITLE | {"font_size": 18}, 34)
        for words in page.lines:
            self._line(words, looks.NOTE | {"text_wrap": True}, text_height(words, ROOM, 14.0))
        look = _LOOKS[page.look]
        tall = text_height(page.verdict, ROOM * 0.88, 16.0) + 6
        self._line(
            page.verdict,
            look | {"bold": True, "font_size": 11, "valign": "vcenter", "text_wrap": True, "indent": 1},
            tall,
        )
        for words in page.more:
            style = {"font_color": styles.GREY_INK, "text_wrap": True, "valign": "vcenter", "indent": 1}
            self._line(words, style, text_height(words, ROOM - 4, 15.0))
        for words in page.problems:
            style = {"font_color": styles.RED_INK, "text_wrap": True, "valign": "vcenter", "indent": 1}
            self._line("× " + words, style, text_height(words, ROOM - 4, 15.0))
        for title, figures in page.strips:
            self._strip(title, figures)
        self._body(page.body)
        self._print()

    # ------------------------------------------------------------------ rows
    def _next(self, height: float) -> int:
        """Take the next row, `height` points high."""
        row = self.row
        self.sheet.set_row(row, height)
        self.row += 1
        self.used += height
        return row

    def _break(self) -> None:
        if self.used and self.row:
            self.breaks.append(self.row)
            self.used = 0.0

    def _line(self, words: str, style: dict[str, Any], height: float) -> None:
        made = self.writer.format(style)
        row = self._next(height)
        ensure(self.sheet.merge_range(row, 0, row, ACROSS - 1, "", made), words)
        ensure(self.sheet.write_string(row, 0, words, made), words)

    def _heading(self, title: str) -> None:
        self._next(4)
        self._line(title, styles.ROLES["heading"] | {"indent": 1}, 18)

    def _strip(self, title: str, figures: Sequence[KeyFigure]) -> None:
        """A row of labels over a row of figures, spread over the page."""
        if self.used + 70 > PAGE:
            self._break()
        self._heading(title)
        label = self.writer.format(
            styles.ROLES["header"] | {"bg_color": "#8EA9DB", "font_color": "#FFFFFF", "font_size": 9}
        )
        spans = _spans(len(figures))
        top, bottom = self._next(17), self._next(24)
        for row, show in ((top, False), (bottom, True)):
            for figure, (first, last) in zip(figures, spans, strict=True):
                style = label if not show else self._figure_style(figure, last - first)
                if last > first:
                    ensure(self.sheet.merge_range(row, first, row, last, "", style), figure.label)
                if show:
                    self._figure(row, first, figure, style)
                else:
                    ensure(self.sheet.write_string(row, first, figure.label, style), figure.label)

    def _figure_style(self, figure: KeyFigure, extra: int) -> Any:
        size = 13 if extra else 11
        look: dict[str, Any] = {"align": "center", "valign": "vcenter", "bold": True, "font_size": size}
        look |= {"border": 1, "border_color": styles.BORDER, "font_color": styles.HEADING_INK}
        return self.writer.format(look, {"num_format": _NUMBERS.get(figure.kind, "General")})

    def _figure(self, row: int, column: int, figure: KeyFigure, style: Any) -> None:
        value = figure.value
        if figure.formula is not None:
            formula = self.where.formula(figure.formula, self.page.name)
            result: object = self.sheet.write_formula(row, column, formula, style, "" if value is None else value)
        elif isinstance(value, int | float):
            result = self.sheet.write_number(row, column, value, style)
        else:
            result = self.sheet.write_string(row, column, str(value if value is not None else "—"), style)
        ensure(result, figure.label)

    def _words(self, title: str, lines: Sequence[str]) -> None:
        if not lines:
            return
        heights = [text_height(words, ROOM - 2 * WIDTH, 15.0) + 3 for words in lines]
        if self.used + 30 + sum(heights[:4]) > PAGE:
            self._break()
        self._heading(title)
        number = self.writer.format(looks.BODY["centre"])
        style = self.writer.format(looks.BODY["text"], {"indent": 1})
        for at, (words, height) in enumerate(zip(lines, heights, strict=True), start=1):
            if self.used + height > PAGE:
                self._break()
            row = self._next(height)
            ensure(self.sheet.write_number(row, 0, at, number), title)
            ensure(self.sheet.merge_range(row, 1, row, ACROSS - 1, "", style), title)
            ensure(self.sheet.write_string(row, 1, words, style), title)

    # ------------------------------------------------------------------ charts
    def _body(self, body: Sequence[Bars | Paragraphs]) -> None:
        """Charts and words in order; charts of one size share a row."""
        row: list[Bars] = []
        for part in [*body, None]:
            full = bool(row) and (not isinstance(part, Bars) or part.size != row[0].size)
            if row and (full or len(row) == PER_ROW[row[0].size]):
                self._chart_row(row)
                row = []
            if isinstance(part, Paragraphs):
                self._words(part.title, part.lines)
            elif part is not None:
                row.append(part)

    def _chart_row(self, charts: Sequence[Bars]) -> None:
        tallest = max((c.count for c in charts if c.lying), default=0)
        height = min(240.0, 60 + 15.0 * tallest) if tallest else 150.0
        if self.used + height + 8 > PAGE:
            self._break()
        self._next(4)
        row = self.row
        rows = int(-(-height // 15))
        for _ in range(rows):
            self._next(15)
        wide, per_row = int(WIDTH * 7 + 5) * ACROSS * 0.985, PER_ROW[charts[0].size]
        for number, chart in enumerate(charts):
            made = self._chart(chart)
            made.set_size({"width": wide / per_row - 6, "height": rows * 20 - 6})
            options = {"x_offset": 3, "y_offset": 3, "object_position": 1, "description": chart.title}
            ensure(self.sheet.insert_chart(row, number * ACROSS // per_row, made, options), chart.title)

    def _chart(self, bars: Bars) -> Any:
        font = {"name": styles.FONT, "size": 9}
        small = font | {"size": 8}
        kind = {"type": "bar" if bars.lying else "column"}
        chart: Any = self.writer.book.add_chart(kind | ({"subtype": "stacked"} if len(bars.series) > 1 else {}))
        for (name, key), colour in zip(bars.series, _COLOURS, strict=False):
            options = self._series(bars, name, key) | {"fill": {"color": colour}, "gap": 50}
            options["data_labels"] = {"value": True, "num_format": f"{bars.number};;", "font": small}
            chart.add_series(options)
        chart.set_title({"name": bars.title, "name_font": font | {"size": 11, "bold": True}, "overlay": False})
        value: dict[str, Any] = {
            "num_font": small,
            "num_format": bars.number,
            "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}},
        }
        value |= {name: limit for name, limit in (("min", bars.low), ("max", bars.high)) if limit is not None}
        category: dict[str, Any] = {"num_font": small, "interval_unit": 1}
        if bars.lying:
            category["reverse"] = True
            value["visible"] = False  # each bar says its figure
        (chart.set_y_axis if bars.lying else chart.set_x_axis)(category)  # a lying chart's axes are exchanged
        (chart.set_x_axis if bars.lying else chart.set_y_axis)(value)
        chart.set_legend({"position": "bottom", "font": small} if len(bars.series) > 1 else {"none": True})
        chart.show_hidden_data()
        return chart

    def _series(self, bars: Bars, name: str, key: str) -> dict[str, Any]:
        place = self.where.places[bars.sheet]
        first, last = place.first - 1, place.first + max(1, bars.count) - 2
        category, values = place.columns[bars.category] - 1, place.columns[key] - 1
        return {
            "name": name,
            "categories": [bars.sheet, first, category, last, category],
            "values": [bars.sheet, first, values, last, values],
        }

    def _print(self) -> None:
        sheet = self.sheet
        sheet.hide_gridlines(2)
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.set_print_scale(100)
        if self.breaks:
            sheet.set_h_pagebreaks(self.breaks)
        sheet.set_footer("&L&9&A&C&9第 &P 页，共 &N 页&R&9 " + self.page.title.replace("&", "&&")[:120])
        sheet.print_area(0, 0, self.row - 1, ACROSS - 1)


def _spans(count: int) -> list[tuple[int, int]]:
    """Share the page's columns among `count` figures."""
    edges = [round(i * ACROSS / count) for i in range(count + 1)]
    return [(a, b - 1) for a, b in pairwise(edges)]
