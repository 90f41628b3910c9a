"""The two sheets a return copy adds: 问题清单 in front, 未识别内容 behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from xlsxwriter.worksheet import Worksheet

from xltools.findings.finding import Finding, quotient
from xltools.findings.texts import cell_runs, figure
from xltools.findings.wording import Wording
from xltools.form import model as m
from xltools.form.address import Ref, quote_sheet
from xltools.form.formulas import literal
from xltools.form.layout import READY_WORDS, Key, text_height
from xltools.form.model import LEVEL_WORDS
from xltools.intake.binding.returned_sheets import (
    ANSWER,
    ASIDE_HEADERS,
    ASIDE_SHEET,
    ITEM,
    ITEMS_BETWEEN,
    LIST_HEADERS,
    LIST_SHEET,
    STATE,
)
from xltools.intake.files.names import name_of
from xltools.intake.submission import Kept, Submission
from xltools.writing import styles
from xltools.writing.return_copy.status_formulas import MOVED, RENEWED, REPLACED, RESTORED, cell_of
from xltools.writing.workbook import Writer, ensure

HEADER_ROW, FIRST_ROW = 5, 6
ANSWER_COLUMN = chr(ord("A") + LIST_HEADERS.index(ANSWER))
STATE_COLUMN = chr(ord("A") + LIST_HEADERS.index(STATE))
STATE_NAME = "问题状态_"
"""Names of the state cells, 问题状态_1 and so on: the marks on the form's sheets ask them."""
DONE = {
    MOVED: f"这些内容已列在“{ASIDE_SHEET}”表里",
    RESTORED: "本退回件中已恢复原样，请看结果是否正确；不用再改",
    REPLACED: "本退回件中已换成公式的结果；不用再改",
    RENEWED: "本退回件是现行版本的表格；新增的项目请补填",
}
LIMITS = {"<=": "不大于 ", ">=": "不小于 ", "<": "小于 ", ">": "大于 ", "<>": "不等于 "}
"""What stands before a figure that only bounds the cell."""
_LEFT = "还有 {} 项错误未改、{} 项待核实；“填表说明”的报送检查：{}"
_ALL_DONE = "已全部改好或说明，可以报送"
_WIDTHS = (5, 6, 8, 16, 15, 15, 48, 22, 11, 26, 10)
_ASIDE_WIDTHS = (6, 20, 12, 90, 26)


class Alike(NamedTuple):
    """A cell that a line speaks of beside its own: its address, what it is called when read back."""

    cell: str
    item: str


@dataclass(frozen=True, slots=True)
class Line:
    """One finding as it stands on 问题清单. `ref` is where its link leads, `item` what it is called when read back;
    `formula` keeps `state` true; `asks` opens 说明, `answer_at` is where the form itself has room for a reason."""

    number: int
    finding: Finding
    ref: Ref | None
    key: Key | None
    item: str
    state: str
    formula: str
    asks: bool
    given: str
    answer_at: Ref | None
    exact: bool
    alike: tuple[Alike, ...] = ()  # what the copy has settled in the same way on the same sheet: said once

    def said(self, wording: Wording) -> str:
        """Return the finding's words, and what the copy itself has already done about it."""
        message = wording.message(self.finding)
        if self.alike:
            cells = cell_runs([one.cell for one in self.alike], len(self.alike))
            message += f"同样的还有 {len(self.alike)} 处：{cells}。"
        return f"{message}（{DONE[self.state]}）" if self.state in DONE else message


class Head(NamedTuple):
    """What the head of the list says beside its own counts: what the form's first page says, and by when."""

    master: Ref
    ready: str
    deadline: str = ""


@dataclass(frozen=True)
class ReturnSheets:
    """Writes the sheets that a return copy adds (department.Extra)."""

    submission: Submission
    lines: Sequence[Line]
    aside: Sequence[Kept]
    wording: Wording
    head: Head

    def first(self, writer: Writer) -> None:
        """Write 问题清单."""
        _ListWriter(writer, writer.sheet(LIST_SHEET), self).write()

    def last(self, writer: Writer) -> None:
        """Write 未识别内容, where there is any."""
        if self.aside:
            _write_aside(writer, writer.sheet(ASIDE_SHEET), self.aside)


class _ListWriter:
    """Writes 问题清单: a head that counts what is left, then a line a finding."""

    def __init__(self, writer: Writer, sheet: Worksheet, copy: ReturnSheets) -> None:
        self.writer, self.sheet, self.copy, self.wording = writer, sheet, copy, copy.wording
        self.form = copy.submission.form
        self.last = FIRST_ROW + max(0, len(copy.lines) - 1)
        self.says_figure = _figure_lines(copy.lines, self.wording)

    def write(self) -> None:
        for position, width in enumerate(_WIDTHS):
            hidden = {"hidden": 1} if LIST_HEADERS[position] == ITEM else {}
            self.sheet.set_column(position, position, width, self.writer.format(), hidden)
        self._head()
        for line in self.copy.lines:
            self._line(line)
        self._marks()
        _finish(self.sheet, HEADER_ROW, self.last, len(_WIDTHS) - 1, self.form.title)
        self.sheet.activate()
        self.sheet.set_first_sheet()

    def _text(self, row: int, column: int, text: str, role: Any, **style: Any) -> None:
        look = self.writer.format(styles.ROLES[role], style)
        ensure(self.sheet.write_string(row - 1, column - 1, text, look), f"{LIST_SHEET} 第 {row} 行")

    def _head(self) -> None:
        sub = self.copy.submission
        self._text(1, 1, f"{LIST_SHEET}　第 {sub.round + 1} 次退回", "title")
        self.sheet.set_row(0, 30)
        when = self.copy.head.deadline or self.form.guide.deadline
        who = f"部门：{sub.department or '（未读出）'}　　原件：{name_of(sub.file)}　　{when}"
        self._text(2, 1, who, "subtitle")
        self._left()
        guide = (
            "点“位置”跳到该单元格，在原处改正；改好后这里的状态变为“√”，单元格上的标记自动消失。"
            "待核实的，改正或说明原因：在浅黄色“说明”格填写，或按提示到指定的单元格填写（只写“无”“同上”“略”一类的不算）。"
        )
        note = self.writer.format(styles.ROLES["note"])
        ensure(self.sheet.merge_range(3, 0, 3, len(_WIDTHS) - 2, "", note), LIST_SHEET)
        ensure(self.sheet.write_string(3, 0, guide, note), LIST_SHEET)
        self.sheet.set_row(3, 34)
        for column, title in enumerate(LIST_HEADERS, start=1):
            self._text(HEADER_ROW, column, title, "header")
        self.sheet.set_row(HEADER_ROW - 1, 22)
        self.sheet.freeze_panes(HEADER_ROW, 0)

    def _left(self) -> None:
        """Say how much is left, and what the form's first page says, or that all is done."""
        area = f"${STATE_COLUMN}${FIRST_ROW}:${STATE_COLUMN}${self.last}"
        errors, open_ = f'COUNTIF({area},"×*")', f'COUNTIF({area},"● 待*")'
        master, ready = self.copy.head.master, literal(READY_WORDS)
        page = cell_of(master)
        words = _LEFT.split("{}")
        said = "&".join(
            part for pair in zip(map(literal, words), (errors, open_, page, literal("")), strict=True) for part in pair
        )
        formula = f"=IF(AND({errors}=0,{open_}=0,{page}={ready}),{literal(_ALL_DONE)},{said})"
        states = [line.state for line in self.copy.lines]
        counts = [sum(s.startswith(sign) for s in states) for sign in ("×", "● 待")]
        done = counts == [0, 0] and self.copy.head.ready == READY_WORDS
        cached = _ALL_DONE if done else _LEFT.format(*counts, self.copy.head.ready)
        style = self.writer.format(styles.ROLES["subtitle"], {"bold": True, "font_size": 12})
        ensure(self.sheet.write_formula(2, 0, formula, style, cached), LIST_SHEET)

    def _line(self, line: Line) -> None:
        row, finding = FIRST_ROW + line.number - 1, line.finding
        plain = self.writer.format(styles.ROLES["plain"], {"valign": "top"})
        number = self.writer.format(styles.ROLES["unit"], {"valign": "top"})
        ensure(self.sheet.write_number(row - 1, 0, line.number, number), LIST_SHEET)
        self._text(row, 2, LEVEL_WORDS[finding.level], "unit", valign="top")
        self._text(row, 3, finding.code, "unit", valign="top")
        self._place(row, line)
        there, expected = self._figures(line)
        self._text(row, 5, there, "plain", valign="top")
        self._text(row, 6, expected, "plain", valign="top")
        said, hint = line.said(self.wording), self.wording.hint(finding)
        self._text(row, 7, said, "plain", valign="top")
        self._text(row, 8, hint, "hint", valign="top")
        look = self.writer.format(styles.ROLES["state"], {"valign": "top", "font_size": 10})
        if line.formula:
            ensure(self.sheet.write_formula(row - 1, 8, line.formula, look, line.state), LIST_SHEET)
        else:
            ensure(self.sheet.write_string(row - 1, 8, line.state, look), LIST_SHEET)
        self.writer.name(f"{STATE_NAME}{line.number}", f"{LIST_SHEET}!${STATE_COLUMN}${row}")
        answer = self._answer(row, line)
        items = ITEMS_BETWEEN.join((line.item, *(one.item for one in line.alike)))
        ensure(self.sheet.write_string(row - 1, 10, items, plain), LIST_SHEET)
        texts = (line.item, there, expected, said, hint, answer)
        widths = (_WIDTHS[3], _WIDTHS[4], _WIDTHS[5], _WIDTHS[6], _WIDTHS[7], _WIDTHS[9])
        needed = max(row_height(text, width) for text, width in zip(texts, widths, strict=True))
        self.sheet.set_row(row - 1, min(400.0, max(22.0, needed)))

    def _place(self, row: int, line: Line) -> None:
        if line.ref is None:
            self._text(
                row, 4, self.wording.place(line.finding) or line.finding.sheet or "整份报送件", "unit", valign="top"
            )
            return
        shown = f"{line.ref.sheet}!{line.ref.a1}" if line.exact else line.ref.sheet
        look = self.writer.format(styles.ROLES["link"], {"valign": "top", "text_wrap": True})
        ensure(self.sheet.write_url(row - 1, 3, link_to(line.ref), look, shown), LIST_SHEET)

    def _figures(self, line: Line) -> tuple[str, str]:
        """Return what is there and what is expected, as accountants write figures."""
        finding = line.finding
        item = None
        if line.ref is not None and line.exact:
            slot = self._slot(line)
            item = None if slot is None else slot.item
        unit = "" if item is None else item.unit
        decimals = 2 if item is None else item.decimals
        there = quotient(finding) or finding.stated
        if there is None and line.key is not None:
            reading = self.copy.submission.readings.get(line.key)
            there = None if reading is None else reading.raw
        shown = quotient(finding) or _shown(there, decimals, unit)
        return shown or "（空）", self._expected(line, decimals, unit)

    def _expected(self, line: Line, decimals: int, unit: str) -> str:
        """Return what should stand there, once a cell: the line that leads says it, another one of the cell where."""
        finding = line.finding
        binds = self.wording.expected(finding)
        if not binds:
            return self.wording.first(finding)
        text = _shown(finding.expected, decimals, unit)
        if not text or (lead := self.says_figure.get(line.ref, line.number)) == line.number:
            return LIMITS.get(binds, "") + text if text else ""
        return f"见第 {lead} 项"

    def _slot(self, line: Line) -> Any:
        layout = self.copy.submission.layout
        return None if line.key is None else layout.by_cell.get(layout.cells.get(line.key, Ref("", 0, 0)))

    def _answer(self, row: int, line: Line) -> str:
        """Write 说明: a cell to fill, or where the form has room for the reason. Return the text that stands there."""
        where = f"{LIST_SHEET} 第 {row} 行"
        if line.asks:
            look = self.writer.format(styles.ROLES["input"], {"valign": "top"})
            if line.given:
                ensure(self.sheet.write_string(row - 1, 9, line.given, look), where)
            else:
                ensure(self.sheet.write_blank(row - 1, 9, None, look), where)
            return line.given
        if line.answer_at is not None:
            text = f"填在 {line.answer_at.sheet}!{line.answer_at.a1}"
            look = self.writer.format(styles.ROLES["link"], {"valign": "top"})
            ensure(self.sheet.write_url(row - 1, 9, link_to(line.answer_at), look, text), where)
            return text
        text = line.finding.explanation
        self._text(row, 10, text, "plain", valign="top")
        return text

    def _marks(self) -> None:
        if not self.copy.lines:
            return
        column = LIST_HEADERS.index(STATE)
        area = (FIRST_ROW - 1, column, self.last - 1, column)
        cell = f"${STATE_COLUMN}{FIRST_ROW}"
        looks = (("×", styles.BAD), ("√", styles.GOOD), ("●", styles.DOUBT))
        for sign, style in looks:
            options = {"type": "formula", "criteria": f'=LEFT({cell},1)="{sign}"', "format": self.writer.mark(style)}
            ensure(self.sheet.conditional_format(*area, options), LIST_SHEET)


def _figure_lines(lines: Sequence[Line], wording: Wording) -> dict[Ref | None, int]:
    """Return the number of the line that says what should stand in a cell: of several one that leads others."""
    found: dict[Ref | None, int] = {}
    for line in sorted(lines, key=lambda one: bool(one.finding.root)):
        if line.ref is not None and line.exact and line.finding.expected is not None and wording.expected(line.finding):
            found.setdefault(line.ref, line.number)
    return found


def _write_aside(writer: Writer, sheet: Worksheet, lines: Sequence[Kept]) -> None:
    """Write 未识别内容: what stood where, as plain text."""
    title = writer.format(styles.ROLES["title"])
    ensure(sheet.write_string(0, 0, ASIDE_SHEET, title), ASIDE_SHEET)
    sheet.set_row(0, 30)
    note = "以下内容在报来的工作簿里，但表格中没有它们的位置，没有参加审核。需要报送的，请填到表格相应的单元格或写进自评报告。"
    ensure(sheet.write_string(1, 0, note, writer.format(styles.ROLES["subtitle"])), ASIDE_SHEET)
    header = writer.format(styles.ROLES["header"])
    for column, (text, width) in enumerate(zip(ASIDE_HEADERS, _ASIDE_WIDTHS, strict=True)):
        sheet.set_column(column, column, width, writer.format())
        ensure(sheet.write_string(3, column, text, header), ASIDE_SHEET)
    look = writer.format(styles.ROLES["plain"], {"valign": "top"})
    for row, line in enumerate(lines, start=4):
        ensure(sheet.write_number(row, 0, row - 3, look), ASIDE_SHEET)
        for column, text in enumerate((line.sheet, line.cell, line.content, line.why), start=1):
            ensure(sheet.write_string(row, column, text, look), ASIDE_SHEET)
        sheet.set_row(row, min(400.0, max(18.0, row_height(line.content, _ASIDE_WIDTHS[3]))))
    sheet.freeze_panes(4, 0)
    _finish(sheet, 4, 4 + len(lines), len(_ASIDE_WIDTHS), "")


def _finish(sheet: Worksheet, header: int, last: int, columns: int, footer: str) -> None:
    """Protect a sheet like the form's own and make it ready to print."""
    options = {"format_columns": True, "format_rows": True, "select_locked_cells": True, "select_unlocked_cells": True}
    sheet.protect("", options)
    sheet.hide_gridlines(2)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.7)
    sheet.set_footer("&C第 &P 页，共 &N 页&R" + footer.replace("&", "&&"))
    sheet.repeat_rows(header - 1, header - 1)
    sheet.print_area(0, 0, last - 1, columns - 1)


def link_to(ref: Ref) -> str:
    """Return the link that jumps to a cell of the same workbook."""
    return f"internal:{quote_sheet(ref.sheet)}!{ref.a1}"


def row_height(text: str, width: float) -> float:
    """Return the height that a wrapped text needs at a column width."""
    return sum(text_height(part, width, 15.0) - 4 for part in text.split("\n")) + 6


def _shown(value: m.Scalar, decimals: int, unit: str) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, str):
        return value if len(value) <= 120 else value[:120] + "…"
    whole = isinstance(value, float) and round(value, decimals) != value
    return figure(value, 6 if whole else decimals, unit).strip("“”")
