"""Writes one sheet of rows and columns: title, totals, header, data, looks, print."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from xlsxwriter.worksheet import Worksheet

from xltools.bilingual import Pair
from xltools.errors import XltoolsError
from xltools.form import model as m
from xltools.form.address import column_letter
from xltools.form.layout import text_height
from xltools.writing import styles
from xltools.writing.consolidated import looks
from xltools.writing.consolidated.addresses import TITLE_ROWS, Addresses
from xltools.writing.consolidated.excel_limits import ExcelLimits, cut
from xltools.writing.consolidated.headers import column_width, header_lines, header_text, wide
from xltools.writing.consolidated.paper import paper_for
from xltools.writing.consolidated.plan import NUMBERS, CellContent, Grid, GridColumn, Total
from xltools.writing.workbook import Writer, ensure

LINE = 15.0
TALLEST = 400.0
Put = Callable[[int, int, bool], Any]
"""Writes one column's cell: sheet row (from 0), row of the data, marked or not; answers as xlsxwriter does."""
Links = Callable[[str], str | None]
"""The target of a link to a file that was sent, or None where it cannot be linked."""


class GridWriter:
    """Writes one grid at the place that was laid out for it."""

    def __init__(
        self, writer: Writer, sheet: Worksheet, grid: Grid, where: Addresses, limits: ExcelLimits, links: Links
    ) -> None:
        self.writer, self.sheet, self.grid = writer, sheet, grid
        self.where, self.limits, self.links = where, limits, links
        self.place = where.places[grid.name]
        self.paper = paper_for(grid)
        self.linked = 0

    def write(self) -> None:
        """Write the sheet from top to bottom, so that rows can leave memory as they are done."""
        for at, column in enumerate(self.grid.columns):
            self.sheet.set_column(at, at, column_width(column))
        self._head()
        for number, row in enumerate(self.grid.totals):
            self._total_row(self.place.total - 1 + number, row.label, row.cells)
        self._header()
        if self.grid.rows:
            self._rows()
        else:
            style = self.writer.format(looks.BODY["text"], {"text_wrap": False, "border": 0})
            ensure(self.sheet.write_string(self.place.first - 1, 0, f"（{self.grid.empty}）", style), self.grid.name)
        self._looks()
        self._shape()
        self._print()

    # ------------------------------------------------------------------ above the data
    def _head(self) -> None:
        grid, sheet = self.grid, self.sheet
        sheet.set_row(0, 28)
        ensure(sheet.write_string(0, 0, grid.title, self.writer.format(looks.TITLE)), grid.name)
        note = " ".join(n for n in (grid.part, grid.note) if n)
        first, last, width = self._first_page()
        style = self.writer.format(looks.NOTE)
        sheet.set_row(1, text_height(note, width, 13.0))
        if last > first:
            ensure(sheet.merge_range(1, first, 1, last, "", style), grid.name)
        ensure(sheet.write_string(1, first, note, style), grid.name)

    def _first_page(self) -> tuple[int, int, float]:
        """Where the note stands: first and last column, and the characters across.

        On a sheet of several pages it begins beside the columns that repeat, or it would be on every page, cut.
        """
        breaks = self.paper.breaks
        first = self.grid.keep if breaks else 0
        last = (breaks[0] if breaks else len(self.grid.columns)) - 1
        return first, last, sum(column_width(c) for c in self.grid.columns[first : last + 1])

    def _total_row(self, row: int, label: str, cells: Any) -> None:
        sheet, name = self.sheet, self.grid.name
        sheet.set_row(row, 20)
        base = looks.BODY["text"] | looks.TOTAL
        for at, column in enumerate(self.grid.columns):
            total: Total | None = cells.get(column.key)
            if at == 0:
                ensure(sheet.write_string(row, at, label, self.writer.format(base, {"text_wrap": False})), name)
            elif total is None:
                ensure(sheet.write_blank(row, at, None, self.writer.format(base)), name)
            else:
                style = self.writer.format(looks.body(total.kind or column.kind, column.decimals), looks.TOTAL)
                self._one(row, at, total.value, total.formula, style)

    def _one(self, row: int, column: int, value: CellContent, template: str | None, style: Any) -> None:
        if template is not None:
            formula = self.where.formula(template, self.grid.name, row + 1)
            ensure(self.sheet.write_formula(row, column, formula, style, "" if value is None else value), formula)
        elif isinstance(value, int | float) and not isinstance(value, bool):
            ensure(self.sheet.write_number(row, column, value, style), self.grid.name)
        elif value is None or value == "":
            ensure(self.sheet.write_blank(row, column, None, style), self.grid.name)
        else:
            ensure(self.sheet.write_string(row, column, cut(str(value), self.limits), style), self.grid.name)

    def _header(self) -> None:
        sheet, row, columns = self.sheet, self.place.header - 1, self.grid.columns
        if any(c.group for c in columns):
            self._groups(row - 1)
        style = self.writer.format(looks.HEADER)
        lines = max((header_lines(c) for c in columns), default=1)
        sheet.set_row(row, max(22.0, min(90.0, lines * 14.0 + 6)))
        for at, column in enumerate(columns):
            ensure(sheet.write_string(row, at, header_text(column), style), self.grid.name)

    def _groups(self, row: int) -> None:
        """Write the names of the groups over their columns, merged where a group has several.

        A group that goes on on the next printed page is named there again.
        """
        style, columns, breaks = self.writer.format(looks.GROUP), self.grid.columns, self.paper.breaks
        tight = any(wide(c.group) > c.width * sum(o.group == c.group for o in columns) for c in columns)
        self.sheet.set_row(row, 34 if tight else 20)
        at = 0
        while at < len(columns):
            end = at
            while end + 1 < len(columns) and columns[end + 1].group == columns[at].group and end + 1 not in breaks:
                end += 1
            again = at > 0 and at in breaks and columns[at].group and columns[at - 1].group == columns[at].group
            if end > at:
                ensure(self.sheet.merge_range(row, at, row, end, "", style), self.grid.name)
            words = f"{columns[at].group}（续）" if again else columns[at].group
            ensure(self.sheet.write_string(row, at, words, style), self.grid.name)
            at = end + 1

    # ------------------------------------------------------------------ data
    def _rows(self) -> None:
        """Write all rows, one after another; the loop is kept bare because it runs once a cell."""
        put = [self._putter(at, column) for at, column in enumerate(self.grid.columns)]
        heights = self._heights()
        first, marked = self.place.first - 1, self.grid.marked
        for index in range(self.grid.rows):
            row = first + index
            if heights is not None:
                self.sheet.set_row(row, heights[index])
            wrong = 0
            mark = index in marked
            for write in put:
                wrong |= write(row, index, mark) or 0
            if wrong:
                raise XltoolsError(
                    Pair(
                        f"写工作簿时出错：{self.grid.name} 第 {row + 1} 行未被接受；请反馈给我们",
                        f"writing failed: row {row + 1} of {self.grid.name} was not accepted; please report it to us",
                    )
                )

    def _putter(self, at: int, column: GridColumn) -> Put:
        """Return what writes this column's cell of a row."""
        plain = self.writer.format(looks.body(column.kind, column.decimals))
        flagged = self.writer.format(looks.body(column.kind, column.decimals), looks.MARKED)
        words = self.writer.format(looks.body(column.kind, column.decimals), {"align": "center"})
        left = plain if column.kind not in NUMBERS else words
        values, sheet, limits = column.values, self.sheet, self.limits
        number, string, nothing = sheet.write_number, sheet.write_string, sheet.write_blank
        flag = at < self.grid.keep

        def put(row: int, index: int, mark: bool) -> Any:
            value = values[index]
            style = flagged if mark and flag else plain
            if value is None or value == "":
                return nothing(row, at, None, style)
            if type(value) is float or type(value) is int:
                return number(row, at, value, style)
            if type(value) is bool:
                return string(row, at, "是" if value else "否", style)
            return string(row, at, cut(str(value), limits), style if style is flagged else left)

        if column.links is not None:
            return self._link_putter(at, column, put)
        if column.formulas is not None:
            return self._formula_putter(at, column, plain, put)
        return put

    def _formula_putter(self, at: int, column: GridColumn, style: Any, put: Put) -> Put:
        values, write, name = column.values, self.sheet.write_formula, self.grid.name
        if isinstance(column.formulas, str):
            parts = self.where.row_formula(column.formulas, name)

            def same(row: int, index: int, mark: bool) -> Any:
                value = values[index]
                return write(row, at, str(row + 1).join(parts), style, "" if value is None else value)

            return same
        own: Sequence[str | None] = column.formulas or ()

        def each(row: int, index: int, mark: bool) -> Any:
            template = own[index]
            if template is None:
                return put(row, index, mark)
            formula = self.where.formula(template, name, row + 1)
            value = values[index]
            return write(row, at, formula, style, "" if value is None else value)

        return each

    def _link_putter(self, at: int, column: GridColumn, put: Put) -> Put:
        """Link what can be linked, as long as Excel takes links; the rest stays text."""
        links, values, style = column.links or (), column.values, self.writer.format(looks.BODY["link"])
        plain = self.writer.format(looks.BODY["text"], {"text_wrap": False, "shrink": True})

        def link(row: int, index: int, mark: bool) -> Any:
            text = cut(str(values[index] or ""), self.limits)
            target = self.links(str(links[index])) if links[index] else None
            if target is None or len(target) > 2000 or self.linked >= self.limits.links:
                return self.sheet.write_string(row, at, text, plain)
            self.linked += 1
            return self.sheet.write_url(row, at, target, style, text)

        return link

    def _heights(self) -> list[float] | None:
        """Row heights that show wrapped texts whole, up to what Excel allows."""
        texts = [c for c in self.grid.columns if c.kind in ("wrap", "text") and c.links is None]
        if not texts:
            return None
        heights = [18.0] * self.grid.rows
        for column in texts:
            room = max(2, int(column.width - 1.5))
            for index, value in enumerate(column.values):
                if type(value) is str and len(value) * 2 > room:
                    lines = sum(max(1, -(-wide(part) // room)) for part in value[:4000].split("\n"))
                    if lines > 1:
                        heights[index] = max(heights[index], min(TALLEST, lines * LINE + 4))
        return heights

    # ------------------------------------------------------------------ looks
    def _looks(self) -> None:
        first, last = self.place.first - 1, self.place.last - 1
        for at, column in enumerate(self.grid.columns):
            area = (first, at, last, at)
            if column.look == "bar":
                options = {
                    "type": "data_bar",
                    "bar_color": looks.BAR,
                    "bar_solid": True,
                    "min_type": "num",
                    "min_value": 0,
                }
                ensure(self.sheet.conditional_format(*area, options), column.title)
            elif column.look == "heat":
                low, high = column.scale
                options = {
                    "type": "2_color_scale",
                    "min_type": "num",
                    "min_value": low,
                    "max_type": "num",
                    "max_value": high,
                    "min_color": looks.LOW,
                    "max_color": looks.FULL,
                }
                ensure(self.sheet.conditional_format(*area, options), column.title)
            elif column.look == "state":
                self._states(area)
            if column.below is not None:
                self._beyond(area, "<", column.below, styles.DOUBT | {"bold": True})
            if column.above is not None:
                self._beyond(area, ">", column.above, styles.BAD | {"bold": True})

    def _beyond(self, area: tuple[int, int, int, int], sign: str, limit: float, look: Any) -> None:
        cell = f"{column_letter(area[1] + 1)}{area[0] + 1}"
        formula = f"=AND(ISNUMBER({cell}),{cell}{sign}{limit:g})"
        options = {"type": "formula", "criteria": formula, "format": self.writer.mark(look)}
        ensure(self.sheet.conditional_format(*area, options), self.grid.name)

    def _states(self, area: tuple[int, int, int, int]) -> None:
        """Colour the words for states and levels."""
        bad = ("有错误", "打不开", m.LEVEL_WORDS["error"], "不一致", "未报送", "未计入", "未定取舍")
        doubt = ("待核实", m.LEVEL_WORDS["confirm"], "已计入（未通过）")
        good = ("通过", "一致", "计入")
        for words, look in ((bad, styles.BAD), (doubt, styles.DOUBT), (good, styles.GOOD)):
            for word in words:
                options = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": self.writer.mark(look)}
                ensure(self.sheet.conditional_format(*area, options), word)

    # ------------------------------------------------------------------ shape, print
    def _shape(self) -> None:
        sheet, place = self.sheet, self.place
        sheet.freeze_panes(place.header, self.grid.keep)
        if self.grid.rows:
            sheet.autofilter(place.header - 1, 0, place.last - 1, len(self.grid.columns) - 1)
        sheet.hide_gridlines(2)
        sheet.set_zoom(90)

    def _print(self) -> None:
        sheet, place, grid, paper = self.sheet, self.place, self.grid, self.paper
        sheet.set_paper(paper.size)
        if paper.lying:
            sheet.set_landscape()
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        if paper.breaks:
            sheet.set_print_scale(paper.scale)
            sheet.set_v_pagebreaks(list(paper.breaks))
            sheet.repeat_columns(0, grid.keep - 1)
        elif paper.scale < 100:
            sheet.fit_to_pages(1, 0)
        sheet.set_footer("&L&9&A&C&9第 &P 页，共 &N 页&R&9 " + grid.title.replace("&", "&&")[:120])
        if grid.hidden:
            sheet.hide()
            return
        if grid.reader == "proof":
            sheet.print_area(0, 0, TITLE_ROWS - 1, self._first_page()[1])
            return
        sheet.repeat_rows(place.total - 1, place.header - 1)
        sheet.print_area(0, 0, place.last - 1, len(grid.columns) - 1)
