"""The one builder of department workbooks: blank, prefilled, from values, returned."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from xlsxwriter.worksheet import Worksheet

from xltools.form import model as m
from xltools.form import status
from xltools.form.address import Ref, absolute, column_letter
from xltools.form.layout import CAPACITY, PREFILL, READY_WORDS, Key, Layout, SheetLayout, Slot, text_height
from xltools.form.sheets.changed import with_changes
from xltools.recalc.workspace import stamp
from xltools.writing import styles
from xltools.writing.department import page
from xltools.writing.department.percent import percent_looks
from xltools.writing.department.validations import add_validations
from xltools.writing.workbook import GrowingSheet, Writer, ensure, strict

LAST_YEARS_WORDS = "这是上年的文字，请按本年情况改写；改过以后颜色自行消失。"
LINK_WIDTH = 14
"""Of the column of a return copy that leads to the next marked place."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What a return copy shows at one cell: a colour and a sign while `test` holds (none without a test), a comment
    that says the same ("": none), and at the end of its row a link to the next marked place."""

    ref: Ref
    level: m.Level
    test: str
    comment: str
    link: str = ""
    link_words: str = ""


@dataclass(frozen=True, slots=True)
class Filling:
    """What goes into a workbook: a value for each input, which of them the bureau locked, the round it is sent in.

    `given` holds what the bureau had prefilled where the sender changed it: _meta keeps it, the cell stays open.
    `changed` says in what the form differs from the one that the values come from.
    """

    values: Mapping[Key, m.Scalar] = field(default_factory=dict)
    prefilled: frozenset[Key] = frozenset()
    code: str = ""
    round: int = 0
    given: Mapping[Key, m.Scalar] = field(default_factory=dict)
    marks: Sequence[Mark] = ()
    changed: Sequence[str] = ()


class Extra(Protocol):
    """Sheets that a return copy adds round those of the form."""

    def first(self, writer: Writer) -> None:
        """Write the sheet that comes first and is shown on opening."""
        ...

    def last(self, writer: Writer) -> None:
        """Write what comes after the form's visible sheets."""
        ...


def build(layout: Layout, filling: Filling, cached: Mapping[Ref, m.Scalar], extra: Extra | None = None) -> bytes:
    """Return the workbook's bytes; `cached` gives each formula's computed value."""
    with strict():
        writer = Writer(layout.form.title, f"{layout.form.id} {layout.form.version}", stamp(layout.form))
        if extra is not None:
            extra.first(writer)
        for made in layout.sheets:
            if made.sheet.kind == "meta":
                if extra is not None:
                    extra.last(writer)
                _meta(writer, writer.sheet(made.sheet.name), layout, filling)
                continue
            sheet = writer.sheet(made.sheet.name)
            if made.sheet.kind == "guide" and filling.changed:
                made = with_changes(made, filling.changed)
            _SheetWriter(writer, sheet, made, layout, filling, cached).write()
            if made.sheet.kind == "guide" and extra is None:
                sheet.activate()
        for name, reference in layout.names.items():
            writer.name(name, reference)
        return writer.finish()


def blank(layout: Layout) -> bytes:
    """Return the blank workbook of a layout without computed values, for the engine to load."""
    return build(layout, Filling(), {})


def meta_rows(layout: Layout, filling: Filling) -> list[tuple[str, m.Scalar]]:
    """Return what _meta says, key and value a row."""
    form = layout.form
    rows: list[tuple[str, m.Scalar]] = [
        ("form", form.id),
        ("version", form.version),
        ("digest", form.digest),
        ("template", layout.stamp),
        ("code", filling.code),
        ("round", filling.round),
    ]
    rows += [(CAPACITY + name, count) for name, count in layout.capacities.items()]
    sent = {key: filling.values.get(key) for key in filling.prefilled} | dict(filling.given)
    rows += [(PREFILL + key.field, sent[key]) for key in sorted(sent)]
    return rows


def _meta(writer: Writer, sheet: Worksheet, layout: Layout, filling: Filling) -> None:
    for row, (key, value) in enumerate(meta_rows(layout, filling)):
        ensure(sheet.write_string(row, 0, key), key)
        if isinstance(value, int | float) and not isinstance(value, bool):
            ensure(sheet.write_number(row, 1, value), key)
        else:
            ensure(sheet.write_string(row, 1, "" if value is None else str(value)), key)
    sheet.very_hidden()
    sheet.protect()


def comment_options(text: str) -> dict[str, Any]:
    """Return the size of a comment's box, so that its whole text shows."""
    lines = sum(int(text_height(part, 46, 1.0) - 4) for part in text.split("\n"))
    return {
        "author": "审核",
        "font_name": styles.FONT,
        "font_size": 9,
        "width": 320,
        "height": min(640, 18 * lines + 14),
        "color": styles.INPUT_FILL,
    }


def _kind(item: m.Field | m.Column, role: str) -> m.FieldType:
    """Return the type that a cell's own format follows: typed percentages have none (see _percent_looks)."""
    return "number" if item.type == "percent" and role == "input" else item.type


class _SheetWriter:
    """Writes the slots of one sheet, then how it looks, is protected, and prints."""

    def __init__(
        self,
        writer: Writer,
        sheet: GrowingSheet,
        made: SheetLayout,
        layout: Layout,
        filling: Filling,
        cached: Mapping[Ref, m.Scalar],
    ) -> None:
        self.writer, self.sheet, self.made = writer, sheet, made
        self.layout, self.filling, self.cached = layout, filling, cached
        self.heights = dict(made.heights)
        self.texts: list[tuple[Slot, str]] = []  # a leading first page: what wraps in its cell
        self.away: set[int] = set()
        if made.wide and made.sheet.kind != "guide":
            for row in {slot.row for slot in made.slots if page.wraps(slot)}:
                self.heights.pop(row, None)  # as high as its texts, on every screen

    def write(self) -> None:
        for slot in self.made.slots:
            self._slot(slot)
        self._shape()
        add_validations(self.sheet, self.made, self.layout)
        self._marks()
        self._print()
        self.sheet.protect("", page.protection())

    # ------------------------------------------------------------------ cells
    def _style(self, slot: Slot, size: int = styles.SIZE) -> Any:
        role, item = slot.role, slot.item
        if slot.key in self.filling.prefilled:
            role = "bureau"
        style = dict(styles.ROLES[role])
        if role == "label" and self.made.wide:
            style["text_wrap"] = True
        if isinstance(item, m.Column) and item.last_year:
            return self.writer.format(styles.REFERENCE)
        if item is not None and role not in ("hint", "label"):
            code = styles.number_format(_kind(item, role), item.decimals)
            if code:
                style["num_format"] = code
            if item.numeric:
                style["align"] = "left" if item.type in ("date", "year") else "right"
            elif item.type in ("longtext",):
                style["valign"] = "top"
        elif role == "computed":
            style |= {"num_format": "#,##0.00", "align": "right"}
        if self.made.wide and slot.column in self.made.hidden_columns:
            style.pop("text_wrap", None)  # LibreOffice would make the row as high as a text that nobody sees,
            style["align"] = "fill"  # and let it run over into a blank cell beside it
        if slot.indent:
            style["indent"] = slot.indent
        if size != styles.SIZE:
            style["font_size"] = size
        return self.writer.format(style)

    def _slot(self, slot: Slot) -> None:
        row, column, style = slot.row - 1, slot.column - 1, self._style(slot)
        ref = Ref(self.made.sheet.name, slot.row, slot.column)
        where = f"{ref.sheet}!{ref.a1}"
        if slot.merge_to > slot.column:
            ensure(self.sheet.merge_range(row, column, row, slot.merge_to - 1, "", style), where)
        if slot.formula is not None:
            value = self.cached.get(ref)
            if isinstance(value, str):
                value = value.replace("\r", "_x000D_")  # as the format writes it: a bare one is read as a line feed
            if slot.link is not None:
                ensure(self.sheet.write_url(row, column, slot.link, style, "x"), where)
            ensure(self.sheet.write_formula(row, column, slot.formula, style, "" if value is None else value), where)
            self._note(slot, value)
            return
        if slot.link is not None:
            ensure(self.sheet.write_url(row, column, slot.link, style, str(slot.text)), where)
            return
        value = slot.text
        if slot.key is not None and slot.role in ("input", "bureau"):
            value = self.filling.values.get(slot.key)
            style = self._sized(slot, value, style)
        self._note(slot, value)
        self._value(row, column, value, style, where)

    def _value(self, row: int, column: int, value: m.Scalar, style: Any, where: str) -> None:
        """Write one value as what it is; text from outside stays text."""
        if value is None or value == "":
            result: object = self.sheet.write_blank(row, column, None, style)
        elif isinstance(value, bool):
            result = self.sheet.write_boolean(row, column, value, style)
        elif isinstance(value, int | float):
            result = self.sheet.write_number(row, column, value, style)
        elif isinstance(value, date):
            moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
            result = self.sheet.write_datetime(row, column, moment, style)
        else:
            result = self.sheet.write_string(row, column, value, style)
        ensure(result, where)

    def _note(self, slot: Slot, value: object) -> None:
        """Remember a text that wraps in its cell; otherwise make its row high enough (Excel's own limit is 409)."""
        if not isinstance(value, str) or slot.column > len(self.made.widths):
            return
        if self.made.wide:
            if page.wraps(slot):
                self.texts.append((slot, value))
        elif slot.key is not None and slot.role in ("input", "bureau"):
            lines = sum(text_height(part, self.made.widths[slot.column - 1], 15.0) - 4 for part in value.split("\n"))
            self.heights[slot.row] = max(self.heights.get(slot.row, 15.0), min(400.0, lines + 6))

    def _sized(self, slot: Slot, value: m.Scalar, style: Any) -> Any:
        """Return the look of an input in a size in which its whole text shows (a leading first page)."""
        if self.made.wide and isinstance(value, str) and slot.column <= len(self.made.widths):
            size = page.font_size(value, self.made.widths[slot.column - 1])
            return style if size == styles.SIZE else self._style(slot, size)
        return style

    # ------------------------------------------------------------------ shape, marks, print
    def _looking_back(self) -> set[int]:
        """Return the columns that show something of last year: seen only where there is something to see."""
        found = set()
        for slot in self.made.slots:
            if isinstance(slot.item, m.Column) and slot.item.last_year and slot.key in self.filling.values:
                found.add(slot.column)
        return found

    def _nothing_to_compare(self) -> set[int]:
        """Return the rows that compare with last year, where nothing of it is known."""
        first, last = self.made.past
        known = any(first <= slot.row <= last and slot.key in self.filling.values for slot in self.made.slots)
        return set() if known else set(range(first, last + 1))

    def _shape(self) -> None:
        shown = self._looking_back()
        for position, width in enumerate(self.made.widths):
            hidden = {"hidden": 1} if position + 1 in self.made.hidden_columns and position + 1 not in shown else {}
            if hidden and self.made.wide and self.made.sheet.kind != "guide" and position >= self.made.print_columns:
                hidden["level"] = 1
            self.sheet.set_column(position, position, width, self.writer.format(), hidden)
        if self.made.wide:
            rows = page.shown_rows(self.made, self.filling.values, self.layout)
            self.away = page.put_rows_away(self.sheet, self.made, rows)
            seen = [
                (s, text) for s, text in self.texts if s.column in shown or s.column not in self.made.hidden_columns
            ]
            grown = page.estimated(self.made, seen, self.heights)
            self.sheet.growing = frozenset(row - 1 for row in grown if row not in self.heights)
            self.heights = grown
            self.away |= self._nothing_to_compare()
        for row, height in self.heights.items():
            self.sheet.set_row(row - 1, height, None, {"hidden": 1} if row in self.away else {})
        if self.made.freeze is not None:
            self.sheet.freeze_panes(*self.made.freeze)
        self.sheet.hide_gridlines(2)

    def _marks(self) -> None:
        """Conditional formats: states by their words, inputs by the state of the rules that hold them."""
        self._own_marks()
        bad, doubt = self.writer.mark(styles.BAD), self.writer.mark(styles.DOUBT)
        good = self.writer.mark(styles.GOOD)
        for area, test, code in percent_looks(self.made, self.layout):
            self._mark(area, test, self.writer.mark({"num_format": code}))
        for first, area in self._state_areas("status"):
            cell = f"${column_letter(first[1] + 1)}{first[0] + 1}"
            for words, look in ((status.BAD, bad), (status.OPEN, doubt)):
                tests = ",".join(f'LEFT({cell},{len(word)})="{word}"' for word in words)
                self._mark(area, f"=OR({tests})", look)
            self._mark(area, f'=LEFT({cell},1)="√"', good)
        for first, area in self._state_areas("state"):
            cell = f"${column_letter(first[1] + 1)}{first[0] + 1}"
            wrong = ",".join(f'{cell}="{w}"' for w in (m.FAILED, m.UNREADABLE, m.OUT_OF_RANGE))
            open_ = ",".join(f'{cell}="{w}"' for w in (m.OPEN, m.MISSING))
            self._mark(area, f'=OR({wrong},LEFT({cell},1)="见")', bad)
            self._mark(area, f"=OR({open_})", doubt)
            self._mark(area, f'=OR({cell}="{m.PASSED}",{cell}="√",{cell}="{m.EXPLAINED}")', good)
        rules: dict[Ref, list[m.Rule]] = {}
        for rule in self.layout.form.rules:
            at = self.layout.at(rule)
            if at.sheet == self.made.sheet.name:
                rules.setdefault(at, []).append(rule)
        for at, own in rules.items():
            self._input_marks(at, own)
        if self.made.sheet.kind == "guide":
            master = self.layout.master
            cell = absolute(master.row, master.column)
            area = (master.row - 1, master.column - 1, master.row - 1, master.column - 1)
            self._mark(area, f'={cell}="{READY_WORDS}"', good)
            self._mark(area, f'={cell}<>"{READY_WORDS}"', doubt)

    def _own_marks(self) -> None:
        """Mark the cells of a return copy and comment on them; before the form's own marks, which stand below."""
        comments: dict[Ref, list[str]] = {}
        for mark in (*self.filling.marks, *self._last_years()):
            if mark.ref.sheet != self.made.sheet.name:
                continue
            if mark.comment:
                comments.setdefault(mark.ref, []).append(mark.comment)
            if mark.test:
                look = self._look(mark.level, mark.ref)
                area = (mark.ref.row - 1, mark.ref.column - 1, mark.ref.row - 1, mark.ref.column - 1)
                self._mark(area, f"={mark.test}", look)
        for ref, texts in comments.items():
            text = "\n".join(texts)
            ensure(self.sheet.write_comment(ref.row - 1, ref.column - 1, text, comment_options(text)), ref.a1)
        self._links()

    def _links(self) -> None:
        """Write, at the end of each marked row, the link to the next one; it fades when nothing of the row stands."""
        rows: dict[int, list[Mark]] = {}
        for mark in self.filling.marks:
            if mark.ref.sheet == self.made.sheet.name and mark.link and mark.test:
                rows.setdefault(mark.ref.row, []).append(mark)
        column = len(self.made.widths)
        for row, marks in rows.items():
            look = self.writer.format(styles.ROLES["link"])
            ensure(self.sheet.write_url(row - 1, column, marks[-1].link, look, marks[-1].link_words), marks[-1].link)
            stands = ",".join(mark.test for mark in marks)
            faded = self.writer.mark(styles.FADED)
            self._mark((row - 1, column, row - 1, column), f"=NOT(OR({stands}))", faded)
        if rows:
            self.sheet.set_column(column, column, LINK_WIDTH, self.writer.format())

    def _last_years(self) -> Iterator[Mark]:
        """Yield the marks of texts that are still last year's."""
        for name in self.layout.form.last_years:
            former = m.last_year_name(name)
            if self.layout.form.field(name).type == "longtext" and Key(former) in self.filling.values:
                yield Mark(self.layout.cells[Key(name)], "confirm", f"EXACT({name},{former})", LAST_YEARS_WORDS)

    def _look(self, level: m.Level, ref: Ref) -> Any:
        """Return the look of a marked cell: colour, and a sign unless the cell holds a long text."""
        slot = self.layout.by_cell.get(ref)
        item = None if slot is None else slot.item
        kind, decimals = ("", 2) if item is None or slot is None else (_kind(item, slot.role), item.decimals)
        style = dict(styles.LOOKS[level])
        value = None if slot is None or slot.key is None else self.filling.values.get(slot.key)
        if kind != "longtext" and not (isinstance(value, str) and len(value) > styles.FULL_SIGN):
            style["num_format"] = styles.signed_format(styles.SIGNS[level], kind, decimals)
        return self.writer.mark(style)

    def _input_marks(self, at: Ref, own: Sequence[m.Rule]) -> None:
        levels: tuple[tuple[str, m.Level], ...] = ((m.FAILED, "error"), (m.OPEN, "confirm"))
        for state, level in levels:
            look = self._look(level, at)
            scalar = [r for r in own if r.table is None and m.FAILED_STATE[r.level] == state]
            if scalar:
                tests = ",".join(f'{m.state_name(r.code)}="{state}"' for r in scalar)
                self._mark((at.row - 1, at.column - 1, at.row - 1, at.column - 1), f"=OR({tests})", look)
            rows = [r for r in own if r.table is not None and m.FAILED_STATE[r.level] == state]
            if rows:
                table = rows[0].table or ""
                span = self.layout.spans[table, rows[0].at]
                cells = [f"${column_letter(self.layout.spans[table, r.code].column)}{span.first}" for r in rows]
                tests = ",".join(f'{c}="{state}"' for c in cells)
                self._mark((span.first - 1, span.column - 1, span.last - 1, span.column - 1), f"=OR({tests})", look)

    def _mark(self, area: tuple[int, int, int, int], formula: str, look: Any) -> None:
        options = {"type": "formula", "criteria": formula, "format": look}
        ensure(self.sheet.conditional_format(*area, options), f"{self.made.sheet.name} 的条件格式")

    def _state_areas(self, role: str) -> list[tuple[tuple[int, int], tuple[int, int, int, int]]]:
        runs: dict[int, list[list[int]]] = {}
        for slot in self.made.slots:
            if slot.role == role:
                own = runs.setdefault(slot.column - 1, [])
                if own and own[-1][1] >= slot.row - 3:
                    own[-1][1] = slot.row - 1
                else:
                    own.append([slot.row - 1, slot.row - 1])
        return [((first, column), (first, column, last, column)) for column, own in runs.items() for first, last in own]

    def _print(self) -> None:
        sheet, made = self.sheet, self.made
        if made.wide:
            page.print_page(sheet, made, self.heights, self.away)
        else:
            sheet.set_paper(9)
            if made.sheet.landscape:
                sheet.set_landscape()
            sheet.fit_to_pages(1, 0)
            sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.7)
        sheet.set_footer("&L&A&C第 &P 页，共 &N 页&R" + self.layout.form.title.replace("&", "&&"))
        first, last = made.header_rows
        if made.sheet.kind != "guide":
            sheet.repeat_rows(first - 1, last - 1)
        sheet.print_area(0, 0, made.last_row - 1, made.print_columns - 1)
