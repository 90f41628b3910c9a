"""总表: one line a department of the roster, in its order, and how it stands."""

from __future__ import annotations

from xltools.bilingual import Pair
from xltools.findings.report import NEW, SOLVED, STILL, Checked
from xltools.findings.texts import STATUS_SAID
from xltools.form.model import LEVEL_WORDS, LEVELS
from xltools.intake.roster import Department
from xltools.review.decisions import DEPARTMENT
from xltools.rules.registry import overview_column
from xltools.writing.consolidated.plan import CellContent
from xltools.writing.findings_book.contents import FindingsBook
from xltools.writing.findings_book.table import Table, TableColumn
from xltools.writing.rounds import round_words
from xltools.writing.workbook import Writer

SHEET = "总表"
STATUS_SIGNS = {"passed": "√", "confirm": "●", "failed": "×", "unreadable": "×"}
NOT_SENT, EXCUSED = "× 未报送", "√ 免报"
PROGRESS_WORDS = (SOLVED, STILL, NEW)
ABSENT, WAIVED = "× 缺", "√ 已豁免"
OFFICE, CONTACT_PERSON, PHONE = "归口科室", "联系人", "电话"


def write_overview(writer: Writer, book: FindingsBook) -> None:
    """Write the sheet."""
    extra = _extra_columns(book)
    columns = [
        TableColumn(DEPARTMENT, 12),
        TableColumn("部门", 28),
        *who_columns(book),
        TableColumn("结果", 10, "unit"),
        *(TableColumn(t, 7, "unit") for t in (*LEVEL_WORDS.values(), "已说明", "已豁免")),
        TableColumn("自评得分", 9, "unit", "0.00"),
        TableColumn("等级", 6, "unit"),
        TableColumn("轮次", 7, "unit"),
        *(TableColumn(word.zh, 7, "unit") for word in (PROGRESS_WORDS if book.has_progress else ())),
        *(TableColumn(title, 9, "unit") for title in extra.values()),
        TableColumn("文件", 36),
        TableColumn("退回件", 34),
    ]
    table = Table(writer, SHEET, count_words(book), columns)
    for line, checked in rows_of(book):
        if checked is None:
            _add_missing(table, book, line)
        else:
            _add(table, book, line, checked, extra)
    for title in ("结果", *extra.values()):
        table.mark(title)
    table.finish("没有报送件")


def rows_of(book: FindingsBook) -> list[tuple[Department | None, Checked | None]]:
    """Return the departments in the roster's order, each with its files or with none, then those it does not name."""
    by_code: dict[str, list[Checked]] = {}
    strangers: list[Checked] = []
    for checked in book.current:
        line = book.line_of(checked)
        by_code.setdefault(line.code, []).append(checked) if line is not None else strangers.append(checked)
    rows: list[tuple[Department | None, Checked | None]] = []
    for line in book.roster.departments if book.roster is not None else ():
        own: list[Checked | None] = [*by_code.get(line.code, [])]
        rows += [(line, checked) for checked in own or [None]]
    return [*rows, *((None, checked) for checked in strangers)]


def who_columns(book: FindingsBook) -> list[TableColumn]:
    """Return the columns that the roster fills; none without one."""
    if book.roster is None:
        return []
    return [TableColumn(OFFICE, 12), TableColumn(CONTACT_PERSON, 9), TableColumn(PHONE, 14)]


def who_cells(book: FindingsBook, line: Department | None) -> dict[str, CellContent]:
    """Return what the roster says of a department."""
    if book.roster is None or line is None:
        return {}
    contact = {title: str(line.values.get(title, "")) for title in (CONTACT_PERSON, PHONE)}
    return {OFFICE: line.office, **contact}


def _extra_columns(book: FindingsBook) -> dict[str, str]:
    """Return the codes of this run that are said in a column of their own, and its title."""
    titles: dict[str, Pair | None] = {
        f.code: overview_column(f.code) for checked in book.current for f in checked.findings
    }
    return {code: book.wording.text(title) for code, title in titles.items() if title is not None}


def _add(table: Table, book: FindingsBook, line: Department | None, checked: Checked, extra: dict[str, str]) -> None:
    back = book.returned.get(checked.file)
    open_ = [f.level for f in checked.findings if f.is_open]
    states = [f.state for f in checked.findings]
    cells: dict[str, CellContent] = {
        DEPARTMENT: checked.code,
        "部门": checked.department or "（未读出部门）",
        **who_cells(book, line),
        "结果": f"{STATUS_SIGNS[checked.status]} {STATUS_SAID[checked.status].zh}",
        **{LEVEL_WORDS[level]: open_.count(level) for level in LEVELS},
        "已说明": states.count("explained"),
        "已豁免": states.count("waived"),
        "自评得分": checked.score,
        "等级": checked.grade,
        "轮次": round_words(checked.round) if checked.form else "",
        "文件": file_words(checked.file, 34),
        "退回件": file_words(back.name, 32) if back is not None else "",
    }
    if checked.progress is not None:
        cells |= {word.zh: len(found) for word, found in checked.progress.parts}
    for finding in checked.findings:
        if finding.code in extra:
            cells[extra[finding.code]] = WAIVED if finding.state == "waived" else ABSENT
    table.add(cells, {"文件": book.link(book.paths.get(checked.file)), "退回件": book.link(back)})


def _add_missing(table: Table, book: FindingsBook, line: Department | None) -> None:
    if line is not None:
        state = EXCUSED if line.code in book.report.excused else NOT_SENT
        table.add({DEPARTMENT: line.code, "部门": line.name, **who_cells(book, line), "结果": state})


def count_words(book: FindingsBook) -> str:
    """Return how many departments stand how; replaced copies are said apart."""
    statuses: list[str] = [s.status for s in book.current]
    counted = {status: statuses.count(status) for status in STATUS_SIGNS}
    words = f"现行报送件 {len(statuses)} 个：通过 {counted['passed']}，待核实 {counted['confirm']}，有错误 {counted['failed']}，打不开 {counted['unreadable']}"
    strangers = 0 if book.roster is None else sum(book.line_of(s) is None for s in book.current)
    words += f"（其中名册外 {strangers} 个）" if strangers else ""
    replaced = len(book.report.submissions) - len(statuses)
    words += f"；另有旧件 {replaced} 个（见“重复报送”）" if replaced else ""
    if book.roster is None:
        return words
    waiting = [d for d in book.missing if d.code not in book.report.excused]
    excused = len(book.missing) - len(waiting)
    return f"应报 {len(book.roster.departments)} 个部门，未报送 {len(waiting)} 个{f'，免报 {excused} 个' if excused else ''}。{words}"


def file_words(file: str, width: int) -> str:
    """Return a file's name alone, cut to a column's width (a link does not wrap): 来源和规则 has the whole path."""
    name = file.replace("\\", "/").rsplit("/", 1)[-1]
    taken = 0
    for position, ch in enumerate(name):
        taken += 2 if ord(ch) > 0x2E7F else 1
        if taken > width:
            return name[: position - 1] + "…"
    return name
