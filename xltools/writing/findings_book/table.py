"""One sheet of the findings workbook: title, note, header, rows; filterable, frozen, ready to print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter.worksheet import Worksheet

from xltools.form.address import a1
from xltools.writing import styles
from xltools.writing.consolidated.plan import CellContent
from xltools.writing.return_copy.problem_list import row_height
from xltools.writing.workbook import Writer, ensure

HEADER_ROW, FIRST_ROW = 3, 4  # from 0
A4, A3, WIDEST_ON_A4 = 9, 8, 200
"""Papers, and the characters across from which A4 would be too small to read."""
_LOOKS = {"√": styles.GOOD, "●": styles.DOUBT, "×": styles.BAD}


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column: its header, its width, how its cells look."""

    title: str
    width: float
    role: str = "plain"
    number_format: str = ""
    hidden: bool = False


class Table:
    """One sheet in the making. `printed` False: a sheet to look things up in, of which only the head is printed."""

    def __init__(
        self, writer: Writer, name: str, note: str, columns: Sequence[TableColumn], printed: bool = True
    ) -> None:
        self.writer, self.columns, self.name, self.printed = writer, columns, name, printed
        self.sheet: Worksheet = writer.sheet(name)
        self.row = FIRST_ROW
        ensure(self.sheet.write_string(0, 0, name, writer.format(styles.ROLES["title"])), name)
        self.sheet.set_row(0, 30)
        ensure(self.sheet.write_string(1, 0, note, writer.format(styles.ROLES["subtitle"])), name)
        header = writer.format(styles.ROLES["header"])
        for position, column in enumerate(columns):
            options = {"hidden": 1} if column.hidden else {}
            self.sheet.set_column(position, position, column.width, writer.format(), options)
            ensure(self.sheet.write_string(HEADER_ROW, position, column.title, header), name)
        self.sheet.set_row(HEADER_ROW, 22)

    def at(self, title: str) -> int:
        """Return the place of the column of that title."""
        return [c.title for c in self.columns].index(title)

    def add(self, cells: Mapping[str, CellContent], links: Mapping[str, str] | None = None) -> None:
        """Write one row, cells by their column's title; `links` gives some of them a place to go."""
        unknown = cells.keys() - {c.title for c in self.columns}
        if unknown:
            raise KeyError(f"{self.name}: {unknown}")
        height = 20.0
        for position, column in enumerate(self.columns):
            value = cells.get(column.title)
            self._cell(position, column, value, (links or {}).get(column.title, ""))
            if isinstance(value, str) and not column.hidden:
                height = max(height, row_height(value, column.width))
        self.sheet.set_row(self.row, min(400.0, height))
        self.row += 1

    def _cell(self, position: int, column: TableColumn, value: CellContent, link: str) -> None:
        style: dict[str, Any] = {"valign": "top"}
        if column.number_format:
            style["num_format"] = column.number_format
        where = f"{self.name} 第 {self.row + 1} 行"
        role = styles.ROLES["link" if link else column.role]  # type: ignore[index]
        look = self.writer.format(role, {"align": "left"} if link else {}, style)
        if value is None or value == "":
            ensure(self.sheet.write_blank(self.row, position, None, look), where)
        elif isinstance(value, str) and link:
            ensure(self.sheet.write_url(self.row, position, link, look, value), where)
        elif isinstance(value, str):
            ensure(self.sheet.write_string(self.row, position, value, look), where)
        else:
            ensure(self.sheet.write_number(self.row, position, value, look), where)

    def mark(self, title: str) -> None:
        """Colour a column by the sign its words begin with."""
        position = self.at(title)
        for sign, style in _LOOKS.items():
            test = f'=LEFT({a1(FIRST_ROW + 1, position + 1)},1)="{sign}"'
            options = {"type": "formula", "criteria": test, "format": self.writer.mark(style)}
            last = max(FIRST_ROW, self.row - 1)
            ensure(self.sheet.conditional_format(FIRST_ROW, position, last, position, options), self.name)

    def choose(self, title: str, choices: Sequence[str]) -> None:
        """Give a column a drop-down."""
        position = self.at(title)
        options = {
            "validate": "list",
            "source": list(choices),
            "error_title": "不在列表中",
            "error_message": f"请选择：{'、'.join(choices)}",
        }
        last = max(FIRST_ROW, self.row - 1)
        ensure(self.sheet.data_validation(FIRST_ROW, position, last, position, options), self.name)

    def finish(self, empty: str) -> None:
        """Say that there is nothing where there is nothing; filter, freeze, print."""
        if self.row == FIRST_ROW:
            self.add({self.columns[0].title: empty})
        last = len([c for c in self.columns if not c.hidden])
        sheet = self.sheet
        sheet.autofilter(HEADER_ROW, 0, self.row - 1, len(self.columns) - 1)
        sheet.freeze_panes(FIRST_ROW, 0)
        sheet.hide_gridlines(2)
        sheet.set_paper(A3 if sum(c.width for c in self.columns if not c.hidden) > WIDEST_ON_A4 else A4)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.7)
        sheet.set_footer("&L&A&C第 &P 页，共 &N 页")
        if self.printed:
            sheet.repeat_rows(HEADER_ROW, HEADER_ROW)
        sheet.print_area(0, 0, self.row - 1 if self.printed else 1, last - 1)
