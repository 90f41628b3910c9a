"""The operator's own small workbooks, made to be filled in: the roster of departments, a round's settings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xlsxwriter.worksheet import Worksheet

from xltools.form.model import Form
from xltools.form.roster_words import roster_words
from xltools.intake.columns import ALSO_CALLED, APPROVED, CODE, NAME, OFFICE, PARENT, SCOPE
from xltools.intake.roster import Department
from xltools.writing import styles
from xltools.writing.workbook import Writer, ensure, strict

ROSTER_SHEET, SETTINGS_SHEET = "名册", "设置"
ROOM = 500
"""Lines of an empty roster that are laid out for typing; more may be typed below."""
NOTES: Mapping[str, str] = {
    CODE: "必填。每个部门一个，不重复；按文本写，前面的 0 不会丢。",
    NAME: "必填。部门全称，会预填到填报表里。",
    OFFICE: "选填。财政局内的归口科室，汇总时按它分开。",
    "联系人": "选填。催报和退回时找谁。",
    "电话": "选填。",
    APPROVED: "选填，万元。会预填到填报表里，审核时用来核对。",
    PARENT: "选填。下属单位写主管部门的名称或编码，合计时不重复计算。",
    SCOPE: "选填。主管部门只填本级数的写“本级”。",
}
WIDTHS: Mapping[str, int] = {CODE: 14, NAME: 34, OFFICE: 16, "电话": 16, APPROVED: 20, PARENT: 28}


def also_called(title: str) -> tuple[str, ...]:
    """Return by which other names a roster's column is known."""
    for subject in roster_words().subject:
        for names in (subject.code, subject.name):
            if names[0] == title:
                return names[1:]
    return ALSO_CALLED.get(title, ())


@dataclass(frozen=True, slots=True)
class Setting:
    """One line of a settings workbook: what it is called, what stands there, what it is for, what may be chosen."""

    title: str
    value: str
    note: str
    choices: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class _Columns:
    """A roster's columns with what each is for; the first two must be filled."""

    title: str
    lines: str
    notes: Mapping[str, str]


_DEPARTMENTS = _Columns("部门名册", "每个部门一行", NOTES)


def _columns_of(form: Form | None) -> _Columns:
    """Return the columns of a roster of departments, or of what else a form's workbooks are each about: then those that
    the form's own items name."""
    if form is None or form.field(form.code_field).roster in (None, CODE):
        return _DEPARTMENTS
    items = {f.roster: f for f in form.fields if f.roster is not None}
    code, name = (form.field(field) for field in (form.code_field, form.name_field))
    notes = {
        str(code.roster): "必填。每行一个，不重复；按文本写，前面的 0 不会丢。",
        str(name.roster): "必填。会预填到填报表里。",
    }
    others = {title: f"选填。会预填到填报表的“{f.label}”。" for title, f in items.items() if title not in notes}
    return _Columns("名册", "一行生成一份填报表", notes | others)


def roster_book(departments: Sequence[Department] = (), form: Form | None = None) -> bytes:
    """Return a roster to be filled in, or one of these departments; of what a `form` is about where it is another thing."""
    columns = _columns_of(form)
    titles = tuple(columns.notes)
    writer = Writer(columns.title)
    with strict():
        note = f"{columns.lines}；带 * 的两列必填，其余可以空着。列可以删减，列名不要改。"
        sheet = _page(writer, ROSTER_SHEET, columns.title, note)
        header, text = writer.format(styles.ROLES["header"]), writer.format(styles.ROLES["input"], {"num_format": "@"})
        amount = writer.format(styles.ROLES["input"], {"num_format": "#,##0.00"})
        for place, title in enumerate(titles):
            sheet.set_column(place, place, WIDTHS.get(title, (20, 34, 16)[min(place, 2)]))
            starred = f"{title}*" if place < 2 else title
            ensure(sheet.write_string(2, place, starred, header), title)
            for row in range(3, 3 + max(len(departments), ROOM)):
                ensure(sheet.write_blank(row, place, None, amount if title == APPROVED else text), title)
        for row, department in enumerate(departments, start=3):
            for place, title in enumerate(titles):
                value = department.values.get(title)
                if isinstance(value, int | float):
                    ensure(sheet.write_number(row, place, value, amount), title)
                elif value:
                    ensure(sheet.write_string(row, place, value, text), title)
        sheet.freeze_panes(3, 2)
        sheet.repeat_rows(2)
        _explained(writer, columns)
    return writer.finish()


def _explained(writer: Writer, columns: _Columns) -> None:
    """Write the sheet that says what each column is for and how else it may be called."""
    sheet = _page(
        writer,
        "填写说明",
        "名册各列",
        "本单位已有的名册可以直接用：列名按右边的任何一种写法都认得，上面有标题行也可以。",
    )
    header, plain = writer.format(styles.ROLES["header"]), writer.format(styles.ROLES["plain"])
    for place, (title, width) in enumerate((("列名", 20), ("填什么", 60), ("也认得的列名", 60))):
        sheet.set_column(place, place, width)
        ensure(sheet.write_string(2, place, title, header), title)
    for row, (title, note) in enumerate(columns.notes.items(), start=3):
        for place, words in enumerate((title, note, "、".join(also_called(title)))):
            ensure(sheet.write_string(row, place, words, plain), title)


def settings_book(title: str, note: str, lines: Sequence[Setting]) -> bytes:
    """Return a settings workbook."""
    writer = Writer(title)
    with strict():
        sheet = _page(writer, SETTINGS_SHEET, title, note)
        header, label = writer.format(styles.ROLES["header"]), writer.format(styles.ROLES["label"])
        value, hint = writer.format(styles.ROLES["input"], {"num_format": "@"}), writer.format(styles.ROLES["hint"])
        for place, (words, width) in enumerate((("项目", 16), ("内容", 48), ("说明", 70))):
            sheet.set_column(place, place, width)
            ensure(sheet.write_string(2, place, words, header), words)
        for row, line in enumerate(lines, start=3):
            ensure(sheet.write_string(row, 0, line.title, label), line.title)
            ensure(sheet.write_string(row, 1, line.value, value), line.title)
            ensure(sheet.write_string(row, 2, line.note, hint), line.title)
            if line.choices:
                rule = {"validate": "list", "source": list(line.choices), "error_title": "请从列表中选择"}
                ensure(sheet.data_validation(row, 1, row, 1, rule), line.title)
        sheet.freeze_panes(3, 0)
    return writer.finish()


def _page(writer: Writer, name: str, title: str, note: str) -> Worksheet:
    """Add a sheet with its heading, laid out for A4."""
    sheet = writer.sheet(name)
    ensure(sheet.write_string(0, 0, title, writer.format(styles.ROLES["title"])), name)
    ensure(sheet.write_string(1, 0, note, writer.format(styles.ROLES["subtitle"])), name)
    sheet.set_row(0, 30)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    return sheet
