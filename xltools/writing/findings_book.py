"""The coordinator's workbook: all findings of a run, filterable, with room for decisions that the next run reads."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from xlsxwriter.worksheet import Worksheet

from xltools import __version__
from xltools.findings.card import Card
from xltools.findings.finding import Finding
from xltools.findings.report import Checked, Report
from xltools.findings.texts import STATUS_SAID
from xltools.findings.wording import Wording
from xltools.form.address import a1, quote_sheet
from xltools.form.model import LEVEL_WORDS, LEVELS, Form, Scalar
from xltools.intake.files.names import name_of
from xltools.review.decisions import (
    CODE,
    DEPARTMENT,
    ID,
    NAME,
    REASON,
    SHEET,
    VERDICT,
    VERDICTS,
    Decision,
    finding_id,
)
from xltools.rules.registry import about_copies
from xltools.width import display_width
from xltools.writing import styles
from xltools.writing.return_copy.problem_list import row_height, shortened
from xltools.writing.workbook import Writer, ensure, strict

STATE_WORDS = {"open": "未处理", "explained": "已说明", "waived": "已豁免"}
STATUS_SIGNS = {"passed": "√", "confirm": "●", "failed": "×", "unreadable": "×"}
_LOOKS = {"√": styles.GOOD, "●": styles.DOUBT, "×": styles.BAD}
LONGEST_LINK = 900
Cell = str | int | float | None


@dataclass(frozen=True)
class FindingsBook:
    """What the workbook is made of. `folder` is where it will stand (links are relative to it), `paths` gives the
    file of a submission where it can be opened, `returned` its return copy, `notices` the texts by department."""

    report: Report
    wording: Wording
    cards: Mapping[str, Card]
    forms: Sequence[Form]
    folder: Path
    paths: Mapping[str, Path] = field(default_factory=dict)
    returned: Mapping[str, Path] = field(default_factory=dict)
    notices: Sequence[tuple[str, str, str]] = ()  # code, department, text
    decisions: Sequence[Decision] = ()
    day: str = ""


@dataclass(frozen=True, slots=True)
class _Column:
    title: str
    width: float
    role: str = "plain"
    number_format: str = ""
    hidden: bool = False


def findings_book(book: FindingsBook) -> bytes:
    """Return the workbook's bytes."""
    with strict():
        writer = Writer("审核问题汇总", "xltools check")
        _overview(writer, book)
        _findings(writer, book)
        _missing(writer, book)
        _duplicates(writer, book)
        _notices(writer, book)
        _about(writer, book)
        return writer.finish()


class _Table:
    """One sheet: a title, a note, a header line, then rows; filterable, frozen, ready to print."""

    def __init__(self, writer: Writer, name: str, note: str, columns: Sequence[_Column]) -> None:
        self.writer, self.columns, self.name = writer, columns, name
        self.sheet: Worksheet = writer.sheet(name)
        self.row = 4
        ensure(self.sheet.write_string(0, 0, name, writer.format(styles.ROLES["title"])), name)
        self.sheet.set_row(0, 30)
        ensure(self.sheet.write_string(1, 0, note, writer.format(styles.ROLES["subtitle"])), name)
        header = writer.format(styles.ROLES["header"])
        for position, column in enumerate(columns):
            options = {"hidden": 1} if column.hidden else {}
            self.sheet.set_column(position, position, column.width, writer.format(), options)
            ensure(self.sheet.write_string(3, position, column.title, header), name)
        self.sheet.set_row(3, 22)

    def add(self, cells: Sequence[Cell], links: Mapping[int, str] | None = None) -> None:
        """Write one row; `links` gives some of its cells a place to go."""
        height = 20.0
        for position, (column, value) in enumerate(zip(self.columns, cells, strict=True)):
            self._cell(position, column, value, (links or {}).get(position, ""))
            if isinstance(value, str) and not column.hidden:
                height = max(height, row_height(value, column.width))
        self.sheet.set_row(self.row, min(400.0, height))
        self.row += 1

    def _cell(self, position: int, column: _Column, value: Cell, link: str) -> None:
        style: dict[str, Any] = {"valign": "top"}
        if column.number_format:
            style["num_format"] = column.number_format
        where = f"{self.name} 第 {self.row + 1} 行"
        role = styles.ROLES["link" if link else column.role]  # type: ignore[index]
        look = self.writer.format(role, {"align": "left"} if link else {}, style)
        if value is None or value == "":
            ensure(self.sheet.write_blank(self.row, position, None, look), where)
        elif isinstance(value, str) and link:
            ensure(self.sheet.write_url(self.row, position, link, look, shortened(value)), where)
        elif isinstance(value, str):
            ensure(self.sheet.write_string(self.row, position, shortened(value), look), where)
        else:
            ensure(self.sheet.write_number(self.row, position, value, look), where)

    def mark(self, position: int) -> None:
        """Colour a column by the sign its words begin with."""
        for sign, style in _LOOKS.items():
            test = f'=LEFT({a1(5, position + 1)},1)="{sign}"'
            options = {"type": "formula", "criteria": test, "format": self.writer.mark(style)}
            ensure(self.sheet.conditional_format(4, position, max(4, self.row - 1), position, options), self.name)

    def finish(self, empty: str) -> None:
        """Say that there is nothing where there is nothing; filter, freeze, print."""
        if self.row == 4:
            self.add([empty, *[None] * (len(self.columns) - 1)])
        last = len([c for c in self.columns if not c.hidden])
        sheet = self.sheet
        sheet.autofilter(3, 0, self.row - 1, len(self.columns) - 1)
        sheet.freeze_panes(4, 0)
        sheet.hide_gridlines(2)
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.7)
        sheet.set_footer("&L&A&C第 &P 页，共 &N 页")
        sheet.repeat_rows(3, 3)
        sheet.print_area(0, 0, self.row - 1, last - 1)


def _counted(checked: Checked) -> list[int]:
    open_ = [f.level for f in checked.findings if f.is_open]
    states = [f.state for f in checked.findings]
    return [open_.count(level) for level in LEVELS] + [states.count("explained"), states.count("waived")]


def _overview(writer: Writer, book: FindingsBook) -> None:
    counts = book.report.counts()
    note = (
        f"共 {counts['submissions']} 个文件：通过 {counts['passed']}，待核实 {_of(book, 'confirm')}，"
        f"有错误 {counts['failed']}，打不开 {counts['unreadable']}；未报送 {counts['missing']} 个部门"
    )
    columns = [
        _Column("部门编码", 12),
        _Column("部门", 30),
        _Column("结果", 10, "unit"),
        *(_Column(t, 7, "unit") for t in (*LEVEL_WORDS.values(), "已说明", "已豁免")),
        _Column("自评得分", 9, "unit", "0.00"),
        _Column("等级", 6, "unit"),
        _Column("轮次", 6, "unit"),
        _Column("文件", 40),
        _Column("退回件", 36),
    ]
    table = _Table(writer, "总表", note, columns)
    for checked in book.report.submissions:
        status = f"{STATUS_SIGNS[checked.status]} {STATUS_SAID[checked.status].zh}"
        if checked.superseded:
            status = "另有新件"
        back = book.returned.get(checked.file)
        links = {11: _link(book, book.paths.get(checked.file)), 12: _link(book, back)}
        table.add(
            [
                checked.code,
                checked.department or "（未读出部门）",
                status,
                *_counted(checked),
                checked.score,
                checked.grade,
                checked.round,
                _base(checked.file),
                _base(back.name, 34) if back is not None else "",
            ],
            links,
        )
    table.mark(2)
    table.finish("没有报送件")
    table.sheet.activate()


def _base(file: str, width: int = 38) -> str:
    """Return a file's name alone, cut to a column's width (a link does not wrap): 说明 has the whole path."""
    name = name_of(file)
    taken = 0
    for position, ch in enumerate(name):
        taken += display_width(ch)
        if taken > width:
            return name[: position - 1] + "…"
    return name


def _of(book: FindingsBook, status: str) -> int:
    return sum(s.status == status for s in book.report.submissions)


def _link(book: FindingsBook, path: Path | None, sheet: str = "", cell: str = "") -> str:
    """Return a link to a file (and a cell of it), or "" where none can be written that leads there."""
    if path is None:
        return ""
    try:
        target = os.path.relpath(path, book.folder)
    except ValueError:  # another drive of Windows
        target = str(path.absolute())
    place = f"#{quote_sheet(sheet)}!{cell}" if sheet and cell else ""
    if any(ch in target for ch in "#%\r\n") or "#" in sheet or len(target) + len(place) > LONGEST_LINK:
        return ""
    return f"external:{target}{place}"


_FINDING_COLUMNS = (
    _Column(DEPARTMENT, 9),
    _Column("部门", 15),
    _Column("级别", 5, "unit"),
    _Column("状态", 7, "unit"),
    _Column(CODE, 8, "unit"),
    _Column("位置", 14),
    _Column("填报项", 13),
    _Column("问题和改法", 42),
    _Column("可能的原因", 15, "hint"),
    _Column("现为", 12, "plain", "#,##0.00##"),
    _Column("应为", 12, "plain", "#,##0.00##"),
    _Column("差额", 10, "plain", "#,##0.00##"),
    _Column("说明", 13),
    _Column("文件", 18),
    _Column(VERDICT, 8, "input"),
    _Column(REASON, 17, "input"),
    _Column(NAME, 8, "input"),
    _Column(ID, 10, hidden=True),
)


def _findings(writer: Writer, book: FindingsBook) -> None:
    note = (
        f"一行一个问题。要豁免的：在“{VERDICT}”选“豁免”，写明“{REASON}”和“{NAME}”，"
        "下次审核加 --decisions 本文件 即可生效；单元格里的数变动后须重新决定。"
    )
    table, wording = _Table(writer, SHEET, note, _FINDING_COLUMNS), book.wording
    decided = {d.id: d for d in book.decisions}
    for checked, finding in _all(book.report):
        id_ = finding_id(checked, finding)
        decision = decided.get(id_)
        place = "!".join(p for p in (finding.sheet, finding.cell) if p) or wording.place(finding)
        path = book.paths.get(finding.file)
        table.add(
            [
                checked.code if checked is not None else "",
                finding.department,
                LEVEL_WORDS[finding.level],
                STATE_WORDS[finding.state],
                finding.code,
                place,
                wording.label(finding),
                wording.message(finding),
                wording.hint(finding),
                _cell(finding.stated),
                _cell(finding.expected),
                finding.difference,
                finding.explanation,
                _base(finding.file, 16),
                decision.verdict if decision is not None else "",
                decision.reason if decision is not None else "",
                decision.name if decision is not None else "",
                id_,
            ],
            {5: _link(book, path, finding.sheet, finding.cell) if finding.sheet else "", 13: _link(book, path)},
        )
    at = [c.title for c in _FINDING_COLUMNS].index(VERDICT)
    options = {
        "validate": "list",
        "source": list(VERDICTS),
        "error_title": "不在列表中",
        "error_message": f"请选择：{'、'.join(VERDICTS)}",
    }
    ensure(table.sheet.data_validation(4, at, max(4, table.row - 1), at, options), SHEET)
    table.finish("没有发现问题")


def _all(report: Report) -> Iterable[tuple[Checked | None, Finding]]:
    for checked in report.submissions:
        for finding in checked.findings:
            yield checked, finding
    for finding in report.batch:
        yield None, finding


def _cell(value: Scalar) -> Cell:
    if isinstance(value, bool):
        return "是" if value else "否"
    return value if value is None or isinstance(value, int | float | str) else value.isoformat()


def _missing(writer: Writer, book: FindingsBook) -> None:
    columns = [_Column("部门编码", 16), _Column("部门", 50), _Column("联系情况", 50)]
    table = _Table(writer, "未报送", f"名册中还没有报送的部门：{len(book.report.missing)} 个", columns)
    for code, name in book.report.missing:
        table.add([code, name, ""])
    table.finish("没有")


def _duplicates(writer: Writer, book: FindingsBook) -> None:
    columns = [_Column("部门编码", 14), _Column("部门", 30), _Column("文件", 50), _Column("情况", 80)]
    table = _Table(writer, "重复报送", "同一部门报来多份工作簿的；以新的一份为准，其余不计入汇总", columns)
    for checked in book.report.submissions:
        said = [book.wording.message(f) for f in checked.findings if about_copies(f.code)]
        if checked.superseded or said:
            words = [f"以“{checked.superseded}”为准"] if checked.superseded else []
            link = _link(book, book.paths.get(checked.file))
            table.add([checked.code, checked.department, _base(checked.file), "\n".join([*words, *said])], {2: link})
    table.finish("没有")


def _notices(writer: Writer, book: FindingsBook) -> None:
    columns = [_Column("部门编码", 12), _Column("部门", 24), _Column("通知（可复制到 OA 或聊天窗口）", 110)]
    table = _Table(writer, "通知", "每个部门一条；全文也在 --return 文件夹的“_通知.txt”里", columns)
    for code, department, text in book.notices:
        first = True
        for part in _parts(text.rstrip("\n")):
            table.add([code if first else "", department if first else "", part])
            first = False
    table.finish("没有")


def _parts(text: str, lines: int = 20) -> list[str]:
    """Return a text in parts of so many lines: a row that is higher than a page cannot be printed whole."""
    all_ = text.split("\n")
    return ["\n".join(all_[i : i + lines]) for i in range(0, len(all_), lines)]


def _about(writer: Writer, book: FindingsBook) -> None:
    columns = [_Column("项目", 14), _Column("内容", 34), _Column("详情", 100)]
    table = _Table(writer, "说明", "本次审核用了什么、没有审核什么", columns)
    table.add(["程序", "xltools", __version__])
    if book.day:
        table.add(["日期", book.day, ""])
    for form in book.forms:
        table.add(["表格定义", f"{form.id} {form.version}", f"{form.title}　指纹 {form.digest}"])
    for item in book.report.not_evaluated:
        cells = "、".join(f"{book.wording.label(c)}（{c.sheet}!{c.cell}）" for c in item.cells)
        card = book.cards.get(item.code)
        name = f"{item.code} {card.name.zh}" if card is not None else item.code
        table.add(["没有进行", name, f"{item.department or item.file}：{item.reason}{'　' + cells if cells else ''}"])
    for checked in book.report.submissions:
        table.add(["文件", checked.file, f"SHA-256 {checked.sha256}"])
    for code in sorted(book.cards):
        card = book.cards[code]
        table.add(["审核规则", f"{card.code} {card.name.zh}", f"{LEVEL_WORDS[card.level]}：{card.what.zh}"])
    table.finish("")
