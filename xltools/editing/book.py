"""Writes 定义.xlsx, and the copy of one in which everything that is wrong is marked at its cell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xlsxwriter.worksheet import Worksheet

from xltools.bilingual import Lang, Pair
from xltools.editing import titles
from xltools.editing.about import LINES
from xltools.editing.draft import Draft, Page, Placed
from xltools.editing.live import REFERENCES, Live, checks, list_name, names_of, title_of, weights
from xltools.editing.parts import Leaf
from xltools.editing.problem import Problem
from xltools.editing.values import NO, YES, Shown
from xltools.form.layout import Role
from xltools.width import display_width
from xltools.writing.styles import BAD, ROLES, Style
from xltools.writing.workbook import Writer, ensure, strict

NARROW, WIDE = 9.0, 56.0
LINE, MOST_LINES = 14.0, 20
BELOW = 200
"""Rows below the last block in which drop-downs wait for more entries."""
_HEADERS = ("序号", "工作表", "单元格", "问题")
_WHOLE = Pair("（整个定义）", "(the definition as a whole)")
_LISTED = {"section": "栏目", "sheet": "工作表", "table": "表格"}


def definition_book(draft: Draft, title: str, problems: Sequence[Problem] = (), lang: Lang = "zh") -> bytes:
    """Return the workbook of a definition; with `problems`, their list comes first and their cells are marked."""
    with strict():
        writer = Writer(title, "xltools definition")
        pages = sorted(draft.values(), key=_rank)
        order = [titles.PROBLEMS] if problems else []
        sheets = {name: writer.sheet(name) for name in (*order, titles.ABOUT, *(page.name for page in pages))}
        if problems:
            _problem_list(writer, sheets[titles.PROBLEMS], problems, set(draft), lang)
        _about(writer, sheets[titles.ABOUT])
        for name, other in {"字段": ("fields.toml", "field"), **{_LISTED[k]: v for k, v in REFERENCES.items()}}.items():
            reference, _ = names_of(draft, *other)
            if reference:
                writer.name(list_name(name), reference)
        for page in pages:
            marks: dict[tuple[int, int], list[str]] = {}
            for problem in problems:
                if problem.sheet == page.name and problem.row:
                    marks.setdefault((problem.row, problem.column), []).append(problem.says.text(lang))
            _Sheet(writer, sheets[page.name], page, draft, marks).write()
        return writer.finish()


def _rank(page: Page) -> tuple[int, str]:
    known = page.name in titles.ORDER
    return titles.ORDER.index(page.name) if known else len(titles.ORDER), "" if known else page.name


def _problem_list(writer: Writer, sheet: Worksheet, problems: Sequence[Problem], names: set[str], lang: Lang) -> None:
    for column, (text, width) in enumerate(zip(_HEADERS, (6, 16, 10, 100), strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, text, writer.format(ROLES["header"]))
    plain, link = writer.format(ROLES["plain"]), writer.format(ROLES["link"])
    for row, problem in enumerate(problems, start=1):
        sheet.write_number(row, 0, row, plain)
        sheet.write_string(row, 1, problem.sheet or _WHOLE.text(lang), plain)
        if problem.row and problem.sheet in names:
            place = "'" + problem.sheet.replace("'", "''") + "'!" + problem.cell
            ensure(sheet.write_url(row, 2, f"internal:{place}", link, problem.cell), problem.cell)
        else:
            sheet.write_string(row, 2, problem.cell, plain)
        ensure(sheet.write_string(row, 3, problem.says.text(lang), plain), problem.cell)
    sheet.freeze_panes(1, 0)


def _about(writer: Writer, sheet: Worksheet) -> None:
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 100)
    for row, (head, text) in enumerate(LINES):
        role: Role = "title" if row == 0 else "step"
        if head:
            sheet.write_string(row, 0, head, writer.format(ROLES[role], {"bold": True, "text_wrap": row > 0}))
        if text:
            sheet.write_string(row, 1, text, writer.format(ROLES["step"]))


class _Sheet:
    """One page being written."""

    def __init__(
        self, writer: Writer, sheet: Worksheet, page: Page, draft: Draft, marks: dict[tuple[int, int], list[str]]
    ) -> None:
        self.writer, self.sheet, self.page, self.draft, self.marks = writer, sheet, page, draft, marks
        self.done: set[tuple[int, int]] = set()

    def write(self) -> None:
        """Write the blocks, then what stands outside them, then the marks at cells that hold nothing."""
        for placed in self.page.placed:
            self._block(placed)
        for spot, value in self.page.cells.items():
            if spot not in self.done:
                self._put(spot, value, ROLES["plain"])
        for spot in self.marks.keys() - self.done:
            self._put(spot, None, ROLES["plain"])
        for spot, texts in sorted(self.marks.items()):
            note = "\n".join(dict.fromkeys(texts))[:1000]
            ensure(self.sheet.write_comment(spot[0] - 1, spot[1] - 1, note, {"x_scale": 2.5}), note)
        self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 0)
        widths = self._widths()
        for column, width in widths.items():
            self.sheet.set_column(column - 1, column - 1, width)
        for row, height in self._heights(widths).items():
            self.sheet.set_row(row - 1, height)
        if len(self.page.placed) == 1 and self.page.placed[0].block.mode != "record":
            self.sheet.freeze_panes(self.page.placed[0].header, 2)

    def _block(self, placed: Placed) -> None:
        heading = ROLES["heading"] | {"border": 0, "text_wrap": False}
        for spot in sorted(s for s in self.page.cells if s[0] == placed.top):
            self._put(spot, self.page.cells[spot], heading if spot[1] == 1 else ROLES["plain"])
        if placed.block.mode == "record":
            self._record(placed)
            return
        for spot in sorted(s for s in self.page.cells if s[0] == placed.header):
            if spot[1] != placed.check:
                self._put(spot, self.page.cells[spot], ROLES["header"])
        for column, leaf in placed.columns.items():
            self._help(placed, column, leaf)
            self._choices(placed, column, leaf)
            for row in range(placed.first, placed.last + 1):
                self._put((row, column), self.page.cells.get((row, column)), _style(leaf))
        self._checks(placed)

    def _record(self, placed: Placed) -> None:
        part = placed.block.part
        assert part is not None
        leaves = {name: leaf for leaf in part.leaves for name in (leaf.name, titles.title(leaf))}
        for row in range(placed.header, placed.last + 1):
            leaf = leaves.get(str(self.page.cells.get((row, 1), "")).strip())
            for column, style in ((1, ROLES["label"]), (2, ROLES["input"]), (3, ROLES["hint"])):
                if row == placed.header:
                    style = ROLES["header"]
                elif column == 2 and leaf is not None:
                    style = _style(leaf)
                if (row, column) in self.page.cells or leaf is not None:
                    self._put((row, column), self.page.cells.get((row, column)), style)
            if leaf is not None and (words := _words(leaf)):
                self._validate(row, row, 2, {"source": words})

    def _help(self, placed: Placed, column: int, leaf: Leaf) -> None:
        part = placed.block.part
        spot = (placed.header, column)
        if part is not None and spot not in self.marks and (text := titles.told(leaf, part)):
            lines = [text, *(["可填：" + "、".join(_words(leaf))] if _words(leaf) else [])]
            self.sheet.write_comment(placed.header - 1, column - 1, "\n".join(lines), {"x_scale": 2})

    def _choices(self, placed: Placed, column: int, leaf: Leaf) -> None:
        last = placed.last + (BELOW if placed is self.page.placed[-1] else 0)
        part = placed.block.part
        if words := _words(leaf):
            self._validate(placed.first, last, column, {"source": words})
        elif placed.block.mode == "list" and part is not None and part.kind != leaf.name:
            other = REFERENCES.get(leaf.name)
            if other is not None and names_of(self.draft, *other)[0]:
                source = "=" + list_name(_LISTED[leaf.name])
                self._validate(placed.first, last, column, {"source": source, "error_type": "warning"})

    def _validate(self, first: int, last: int, column: int, options: dict[str, Any]) -> None:
        given = {"validate": "list", "error_title": "请从下拉列表选择", "error_message": "不在允许之列"} | options
        ensure(self.sheet.data_validation(first - 1, column - 1, max(first, last) - 1, column - 1, given), "下拉列表")

    def _checks(self, placed: Placed) -> None:
        if not placed.check or not placed.columns:
            return
        found = list(checks(self.page, placed, self.draft))
        if found:
            self._put((placed.header, placed.check), title_of(placed), ROLES["header"])
        for row, live in found:
            self._live((row, placed.check), live)
        total = weights(self.page, placed, self.draft) if placed.block.mode == "rows" else None
        if total is not None and (placed.top, 2) not in self.page.cells:
            self._live((placed.top, 2), total)

    def _live(self, spot: tuple[int, int], live: Live) -> None:
        look = self.writer.format(ROLES["state"], {"text_wrap": False, "align": "left"})
        row, column = spot[0] - 1, spot[1] - 1
        ensure(self.sheet.write_formula(row, column, "=" + live.formula, look, live.value), live.formula)
        mark = {"type": "text", "criteria": "begins with", "value": "×", "format": self.writer.mark(BAD)}
        self.sheet.conditional_format(row, column, row, column, mark)
        self.done.add(spot)

    def _put(self, spot: tuple[int, int], value: Shown, style: Style) -> None:
        look = self.writer.format(style, BAD if spot in self.marks else {})
        row, column = spot[0] - 1, spot[1] - 1
        self.done.add(spot)
        if value is None:
            self.sheet.write_blank(row, column, None, look)
        elif isinstance(value, bool):
            self.sheet.write_boolean(row, column, value, look)
        elif isinstance(value, str):
            ensure(self.sheet.write_string(row, column, value, self._text(style, spot)), value[:20])
        else:
            self.sheet.write_number(
                row, column, value, self.writer.format(style, {"num_format": "General"}, self._bad(spot))
            )

    def _text(self, style: Style, spot: tuple[int, int]) -> Any:
        return self.writer.format(style, {"num_format": "@"}, self._bad(spot))

    def _bad(self, spot: tuple[int, int]) -> Style:
        return BAD if spot in self.marks else {}

    def _heights(self, widths: dict[int, float]) -> dict[int, float]:
        """The rows that hold more than one line, as high as they need to be, within bounds."""
        tops = {placed.top for placed in self.page.placed}
        found: dict[int, int] = {}
        for (row, column), value in self.page.cells.items():
            if row not in tops and isinstance(value, str):
                room = max(1, int(widths.get(column, NARROW)) - 2)
                lines = sum(max(1, -(-display_width(line) // room)) for line in value.splitlines())
                found[row] = max(found.get(row, 1), lines)
        return {row: LINE * min(lines, MOST_LINES) + 2 for row, lines in found.items() if lines > 1}

    def _widths(self) -> dict[int, float]:
        found: dict[int, float] = {}
        for (row, column), value in self.page.cells.items():
            if any(row == placed.top for placed in self.page.placed):
                continue
            widest = max((display_width(line) for line in str(value).splitlines()), default=0)
            found[column] = max(found.get(column, NARROW), min(WIDE, widest + 3.0))
        return found


def _style(leaf: Leaf) -> Style:
    text = leaf.sort not in ("integer", "number", "given")
    return ROLES["input"] | {"valign": "top"} | ({"num_format": "@"} if text else {})


def _words(leaf: Leaf) -> list[str]:
    return [YES, NO] if leaf.sort == "boolean" else titles.words(leaf)
