"""问题: a line a finding, with room for decisions that the next run reads; and those on findings that are gone."""

from __future__ import annotations

from collections.abc import Mapping

from xltools.findings.finding import Finding, quotient
from xltools.findings.report import NEW, STILL, Checked
from xltools.form.model import LEVEL_WORDS
from xltools.review.answers import compared_by
from xltools.review.decisions import CODE, DEPARTMENT, ID, NAME, REASON, SHEET, VERDICT, VERDICTS, WAIVE, finding_id
from xltools.review.typed import EARLIER_SHEET
from xltools.writing.consolidated.plan import CellContent
from xltools.writing.findings_book.contents import FindingsBook
from xltools.writing.findings_book.overview import CONTACT_PERSON, OFFICE, file_words, who_cells
from xltools.writing.findings_book.table import Table, TableColumn
from xltools.writing.workbook import Writer

STATE_WORDS = {"open": "未处理", "explained": "已说明", "waived": "已豁免"}
LAST_ROUND, SOLVED_SHEET = "与上一轮", "已解决"
_FIGURES = "#,##0.00##"
_ASKED = (
    TableColumn(VERDICT, 8, "input"),
    TableColumn(REASON, 17, "input"),
    TableColumn(NAME, 8, "input"),
    TableColumn(ID, 10, hidden=True),
)


def _columns(book: FindingsBook) -> list[TableColumn]:
    roster = [TableColumn(OFFICE, 9), TableColumn(CONTACT_PERSON, 7)] if book.roster is not None else []
    return [
        TableColumn(DEPARTMENT, 9),
        TableColumn("部门", 15),
        *roster,
        TableColumn("级别", 5, "unit"),
        TableColumn("状态", 7, "unit"),
        *([TableColumn(LAST_ROUND, 7, "unit")] if book.has_progress else []),
        TableColumn(CODE, 8, "unit"),
        TableColumn("位置", 14),
        TableColumn("填报项", 13),
        TableColumn("问题和改法", 42),
        TableColumn("可能的原因", 15, "hint"),
        TableColumn("现为", 12, "plain", _FIGURES),
        TableColumn("应为", 12, "plain", _FIGURES),
        TableColumn("差额", 10, "plain", _FIGURES),
        TableColumn("说明", 13),
        TableColumn("文件", 18),
        *_ASKED,
    ]


def write_problems(writer: Writer, book: FindingsBook) -> None:
    """Write 问题."""
    note = (
        f"一行一个问题。要豁免的：在“{VERDICT}”选“{WAIVE}”，写明“{REASON}”和“{NAME}”；再次审核、仍输出到本文件时，"
        "已填的意见自动保留并生效。单元格里的数变动后须重新决定。"
    )
    table = Table(writer, SHEET, note, _columns(book))
    for checked, finding in book.problems:
        _add(table, book, checked, finding)
    table.choose(VERDICT, VERDICTS)
    table.finish("没有发现问题")


def _add(table: Table, book: FindingsBook, checked: Checked | None, finding: Finding) -> None:
    wording, id_ = book.wording, finding_id(checked, finding)
    decision, path = book.decided.get(id_), book.paths.get(finding.file)
    place = "!".join(p for p in (finding.sheet, finding.cell) if p) or wording.place(finding)
    cells: dict[str, CellContent] = {
        DEPARTMENT: checked.code if checked is not None else "",
        "部门": finding.department or (checked.department if checked is not None else ""),
        "级别": LEVEL_WORDS[finding.level],
        "状态": STATE_WORDS[finding.state],
        CODE: finding.code,
        "位置": place,
        "填报项": wording.label(finding),
        "问题和改法": wording.message(finding),
        "可能的原因": wording.hint(finding),
        "现为": quotient(finding) or shown(finding.stated),
        "应为": shown(finding.expected) if wording.expected(finding) else wording.first(finding),
        "差额": finding.difference if wording.expected(finding) else None,
        "说明": finding.explanation,
        "文件": file_words(finding.file, 16),
        ID: id_,
    }
    if checked is not None and checked.progress is not None and finding.is_open:
        new = compared_by(finding) in checked.progress.new
        cells[LAST_ROUND] = (NEW if new else STILL).zh
    if book.roster is not None:
        own = who_cells(book, book.line_of(checked) if checked is not None else None)
        cells |= {title: own.get(title) for title in (OFFICE, CONTACT_PERSON)}
    if decision is not None:
        cells |= {VERDICT: decision.verdict, REASON: decision.reason, NAME: decision.name}
    links = {"文件": book.link(path)}
    links["位置"] = book.link(path, finding.sheet, finding.cell) if finding.sheet else ""
    table.add(cells, links)


def write_solved(writer: Writer, book: FindingsBook) -> None:
    """Write 已解决: what the round before had found and this one does not find again; nothing where nothing is compared."""
    if not book.has_progress:
        return
    columns = [
        TableColumn(DEPARTMENT, 12),
        TableColumn("部门", 30),
        TableColumn(CODE, 9, "unit"),
        TableColumn("位置", 34),
    ]
    note = "上一轮退回的问题清单（或上一轮的报告）里有、这一次审核没有再发现的问题，留作记录。"
    table = Table(writer, SOLVED_SHEET, note, columns)
    for checked in book.current:
        for one in checked.progress.solved if checked.progress is not None else ():
            table.add({DEPARTMENT: checked.code, "部门": checked.department, CODE: one.code, "位置": one.place})
    table.finish("没有")


def shown(value: CellContent | bool) -> CellContent:
    """Return a figure or text as a cell shows it."""
    return ("是" if value else "否") if isinstance(value, bool) else value


def write_earlier(writer: Writer, book: FindingsBook) -> None:
    """Write 以前的意见: what was typed about findings that this run no longer has; nothing where there is none."""
    if not book.earlier:
        return
    note = "以下意见所说的问题，这次审核没有再出现（已改正，或数字变了、要按新的问题重新决定）；留作记录，问题再出现时自动回到“问题”。"
    titles = (DEPARTMENT, "部门", "级别", CODE, "位置", "填报项", "问题和改法")
    widths = (9, 18, 6, 8, 16, 14, 50)
    columns = [TableColumn(t, w) for t, w in zip(titles, widths, strict=True)]
    table = Table(writer, EARLIER_SHEET, note, [*columns, *_ASKED])
    for line in book.earlier:
        cells: Mapping[str, str] = line.cells
        table.add({c.title: cells.get(c.title, "") for c in table.columns})
    table.choose(VERDICT, VERDICTS)
    table.finish("没有")
