"""Where every cell of a form stands: the one place that counts rows and columns."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, NamedTuple

from xltools.form import checks, states
from xltools.form import model as m
from xltools.form.address import Ref, a1, absolute, column_letter, quote_sheet
from xltools.form.formulas import literal, replace_rows

Role = Literal[
    "title",
    "note",
    "subtitle",
    "heading",
    "header",
    "label",
    "unit",
    "hint",
    "input",
    "bureau",
    "constant",
    "computed",
    "state",
    "fixed",
    "plain",
    "master",
    "link",
    "legend_input",
    "legend_computed",
    "legend_bureau",
    "step",
    "signature",
]

PREFILL, CAPACITY = "预填:", "行数:"
"""How _meta names what the bureau filled in and how many rows each table has."""
MASTER_NAME = "报送检查"
READY_WORDS = "可以报送"
CHECK_HEADERS = ("编号", "级别", "审核内容", "左边", "关系", "右边", "差额", "状态", "核实说明", "定位", "可评", "计数")


class Key(NamedTuple):
    """What a cell is of the form: a field, a table cell (row from 0), or a rule's explanation (field=核实说明_CODE)."""

    field: str
    row: int = -1
    column: str = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """One cell to write: its role (style), and a text, a formula, or the input it takes."""

    row: int
    column: int
    role: Role
    text: m.Scalar = None
    formula: str | None = None
    key: Key | None = None
    item: m.Field | m.Column | None = None
    indent: int = 0
    link: str | None = None
    merge_to: int = 0


@dataclass(slots=True)
class SheetLayout:
    """The cells of one sheet and how it prints."""

    sheet: m.Sheet
    slots: list[Slot] = field(default_factory=list)
    widths: list[float] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    heights: dict[int, float] = field(default_factory=dict)
    header_rows: tuple[int, int] = (1, 1)
    freeze: tuple[int, int] | None = None
    last_row: int = 0
    print_columns: int = 1


class ColumnSpan(NamedTuple):
    """The cells of a table's column: sheet, column, first and last row."""

    sheet: str
    column: int
    first: int
    last: int

    @property
    def reference(self) -> str:
        """The absolute reference, like 绩效指标!$C$5:$C$44."""
        return f"{quote_sheet(self.sheet)}!{absolute(self.first, self.column)}:{absolute(self.last, self.column)}"


class Layout:
    """All addresses of a form; `capacities` gives a table more rows than its definition does."""

    def __init__(self, form: m.Form, capacities: Mapping[str, int] | None = None) -> None:
        self.form = form
        self.capacities = {
            t.name: max(t.capacity, 0 if t.is_fixed else (capacities or {}).get(t.name, 0)) for t in form.tables
        }
        self.cells: dict[Key, Ref] = {}
        self.spans: dict[tuple[str, str], ColumnSpan] = {}
        self.labels: dict[Key, str] = {}
        self.beside: dict[str, Ref] = {}
        self.state_cells: list[Ref] = []
        self.check_rows: dict[str, int] = {}
        self._scalar_rules: dict[str, list[m.Rule]] = {}
        self._row_rules: dict[str, list[m.Rule]] = {}
        for rule in form.rules:
            if rule.table:
                self._row_rules.setdefault(rule.table, []).append(rule)
            else:
                self._scalar_rules.setdefault(rule.at, []).append(rule)
        self.sheets: list[SheetLayout] = []
        for sheet in form.sheets:
            build = {
                "data": self._data_sheet,
                "checks": self._checks_sheet,
                "guide": self._guide_sheet,
                "meta": self._meta_sheet,
            }[sheet.kind]
            made = build(sheet)
            made.last_row = max((s.row for s in made.slots), default=1)
            self.sheets.append(made)
        self._fill_guide()

    # ------------------------------------------------------------------ look-ups
    def sheet(self, name: str) -> SheetLayout:
        """Return the layout of one sheet; KeyError when there is none."""
        for found in self.sheets:
            if found.sheet.name == name:
                return found
        raise KeyError(name)

    @cached_property
    def names(self) -> dict[str, str]:
        """Defined names of the workbook → absolute reference, without a leading "="."""
        found: dict[str, str] = {}
        for key, ref in self.cells.items():
            if key.row < 0:
                found[key.field] = f"{quote_sheet(ref.sheet)}!{absolute(ref.row, ref.column)}"
        for (table, column), span in self.spans.items():
            found[f"{table}_{column}"] = span.reference
        for code, row in self.check_rows.items():
            found[f"校验_{code}"] = f"{quote_sheet(self.form.checks_sheet)}!{absolute(row, 8)}"
        guide = self.master
        found[MASTER_NAME] = f"{quote_sheet(guide.sheet)}!{absolute(guide.row, guide.column)}"
        return found

    @cached_property
    def formulas(self) -> dict[Ref, str]:
        """Every formula cell of the workbook → its text with "="."""
        return {
            Ref(s.sheet.name, slot.row, slot.column): slot.formula
            for s in self.sheets
            for slot in s.slots
            if slot.formula is not None
        }

    @cached_property
    def formula_texts(self) -> dict[Ref, str]:
        """Every formula cell → its text without "=", as a file holds it."""
        return {ref: formula[1:] for ref, formula in self.formulas.items()}

    @cached_property
    def formula_cells(self) -> dict[str, list[tuple[Ref, tuple[int, int]]]]:
        """Per sheet, every formula cell with its (row, column)."""
        found: dict[str, list[tuple[Ref, tuple[int, int]]]] = {}
        for ref in self.formulas:
            found.setdefault(ref.sheet, []).append((ref, (ref.row, ref.column)))
        return found

    @cached_property
    def fixed_texts(self) -> dict[str, list[tuple[int, int, str]]]:
        """Per data and check sheet, (row, column, text) of what never changes: how a moved sheet is recognised."""
        roles = {"label", "header", "heading", "fixed"}
        found: dict[str, list[tuple[int, int, str]]] = {}
        for made in self.sheets:
            if made.sheet.kind in ("data", "checks"):
                slots = (s for s in made.slots if s.role in roles and s.text not in (None, ""))
                found[made.sheet.name] = sorted((s.row, s.column, bare_label(s.text)) for s in slots)
        return found

    @cached_property
    def stamp(self) -> str:
        """The hash of all formulas and where they stand, 16 hex digits: tells which build a workbook came from."""
        total = hashlib.sha256()
        for ref, formula in self.formulas.items():
            total.update(f"{ref.sheet}!{ref.a1}{formula}\n".encode())
        return total.hexdigest()[:16]

    @cached_property
    def computed(self) -> dict[Ref, Key]:
        """The formula cells that stand for a field or a table cell (not the states and guards)."""
        return {
            Ref(s.sheet.name, slot.row, slot.column): slot.key
            for s in self.sheets
            for slot in s.slots
            if slot.formula is not None and slot.key is not None
        }

    @cached_property
    def inputs(self) -> dict[Key, Slot]:
        """Every cell that takes a value: fields, table cells, explanations, the bureau's cells."""
        return {
            slot.key: slot
            for s in self.sheets
            for slot in s.slots
            if slot.key is not None and slot.role in ("input", "bureau")
        }

    @cached_property
    def occupied(self) -> dict[str, frozenset[tuple[int, int]]]:
        """Per sheet, the (row, column) of every cell that the form has content or an input for."""
        return {
            s.sheet.name: frozenset((slot.row, slot.column) for slot in s.slots if slot.role != "plain")
            for s in self.sheets
        }

    @cached_property
    def limited(self) -> dict[Key, bool]:
        """The inputs that carry a validation in the template; True where it is a drop-down list."""
        found: dict[Key, bool] = {}
        for key, slot in self.inputs.items():
            item = slot.item
            if item is not None and (item.choices or item.numeric or item.max_length is not None):
                found[key] = bool(item.choices)
        return found

    @cached_property
    def by_cell(self) -> dict[Ref, Slot]:
        """Every slot by its address."""
        return {Ref(s.sheet.name, slot.row, slot.column): slot for s in self.sheets for slot in s.slots}

    def at(self, rule: m.Rule, row: int = 0) -> Ref:
        """Return the primary cell of a rule (of its row `row`, for a rule on every row of a table)."""
        if rule.table:
            span = self.spans[rule.table, rule.at]
            return Ref(span.sheet, span.first + row, span.column)
        if "." in rule.at:
            table, column = rule.at.split(".", 1)
            span = self.spans[table, column]
            return Ref(span.sheet, span.first, span.column)
        return self.cells[Key(rule.at)]

    # ------------------------------------------------------------------ data sheets
    def _data_sheet(self, sheet: m.Sheet) -> SheetLayout:
        made = SheetLayout(sheet)
        tables = [t for t in self.form.tables if t.name in sheet.blocks]
        widths = list(sheet.widths)
        hidden: set[int] = set()
        for table in tables:
            for position, column in enumerate(self._columns(table)):
                if position >= len(widths):
                    widths.append(column.width)
                widths[position] = max(widths[position], column.width) if not sheet.widths else widths[position]
                if column.hidden:
                    hidden.add(position + 1)
        for section in (s for s in self.form.sections if s.name in sheet.blocks and s.grid):
            widths += [14.0] * (sheet.columns.label + len(section.grid) + 1 - len(widths))
        made.widths, made.hidden_columns = widths, sorted(hidden)
        first = next(c for c in range(1, len(widths) + 1) if c not in hidden)
        made.print_columns = max((len(t.columns) for t in tables), default=len(widths))
        self._head(made, first, len(widths))
        row = 4
        header_done = False
        for block in sheet.blocks:
            match = [t for t in tables if t.name == block]
            if match:
                row = self._table_block(made, match[0], row, first)
            else:
                row = self._section_block(made, block, row, first, with_header=not header_done)
                header_done = True
        if not tables:
            last = 5 if self._section(sheet.blocks[0]).grid else 4
            made.header_rows, made.freeze = (1, last), (last, 0)
        if sheet.signature:
            text = "填报人：________________　　负责人：________________　　联系电话：________________　　日期：________________"
            made.slots.append(Slot(row + 1, first, "signature", text=text))
        return made

    def _head(self, made: SheetLayout, first: int, last: int) -> None:
        sheet = made.sheet
        name, year = self.form.name_field, self.form.year
        made.slots.append(Slot(1, first, "title", text=sheet.title))
        made.slots.append(Slot(2, first, "note", text=sheet.note or "只填浅黄色单元格。", merge_to=last))
        unit = f"{year} 年度　金额单位：{self.form.unit}"
        label = self.form.field(name).label
        given = f"IF(COUNTA({name})=0,{literal(label + '：（未填）')},{literal(label + '：')}&{name})"
        text = f"={given}&{literal('　　' + unit)}"
        made.slots.append(Slot(3, first, "subtitle", formula=text))
        made.heights[1] = 30
        made.heights[2] = text_height(
            made.sheet.note, sum(w for i, w in enumerate(made.widths, 1) if i >= first and i not in made.hidden_columns)
        )

    def _section_block(self, made: SheetLayout, name: str, row: int, first: int, *, with_header: bool) -> int:
        section = self._section(name)
        if section.grid:
            return self._grid_block(made, section, row, first)
        columns = made.sheet.columns
        shown = {
            "label": "项目",
            "value": "填报数" if columns.unit else "内容",
            "unit": "单位",
            "computed": "自动计算",
            "state": "填报状态",
            "note": "填写说明",
        }
        if with_header and not any(t.sheet == made.sheet.name for t in self.form.tables):
            for part, words in shown.items():
                if getattr(columns, part):
                    made.slots.append(Slot(row, getattr(columns, part), "header", text=words))
            made.heights[row] = 22
            row += 1
        made.slots.append(Slot(row, first, "heading", text=section.title, merge_to=made.print_columns))
        made.heights[row] = 20
        row += 1
        for item in (f for f in self.form.fields if f.section == name):
            self._field_line(made, item, row)
            row += 1
        return row

    def _section(self, name: str) -> m.Section:
        return next(s for s in self.form.sections if s.name == name)

    def _grid_block(self, made: SheetLayout, section: m.Section, row: int, first: int) -> int:
        """Write a section whose fields stand several a line: label, one cell a grid column, the line's state."""
        label, slots = made.sheet.columns.label, made.slots
        state = label + len(section.grid) + 1
        slots.append(Slot(row, first, "heading", text=section.title, merge_to=made.print_columns))
        for position, words in enumerate((section.grid_head, *section.grid, "填报状态")):
            slots.append(Slot(row + 1, label + position, "header", text=words))
        made.heights |= {row: 20, row + 1: 30}
        fields = [f for f in self.form.fields if f.section == section.name]
        lines = list(dict.fromkeys(f.row for f in fields))
        for number, line in enumerate(lines, start=row + 2):
            own = {f.column: f for f in fields if f.row == line}
            indent = min(f.indent for f in own.values())
            slots.append(Slot(number, label, "label", text=line, indent=indent))
            for column, words in enumerate(section.grid, start=label + 1):
                self._grid_cell(made, own.get(words), number, column)
            inputs = [f for f in own.values() if f.is_input and not f.locked]
            rules = [r for f in inputs for r in self._scalar_rules.get(f.name, []) if r.level != "notice"]
            formula = states.grid_state(inputs, rules) if inputs else None
            slots.append(Slot(number, state, "state" if formula else "plain", formula=formula))
            if formula:
                self.state_cells.append(Ref(made.sheet.name, number, state))
            made.heights[number] = 22
        return row + 2 + len(lines)

    def _grid_cell(self, made: SheetLayout, item: m.Field | None, row: int, column: int) -> None:
        if item is None:
            made.slots.append(Slot(row, column, "unit", text="—"))
        else:
            self._place(made, item, row, column)

    def _place(self, made: SheetLayout, item: m.Field, row: int, column: int) -> None:
        """Write the cell of a field itself, whatever stands around it."""
        key = Key(item.name)
        self.cells[key] = Ref(made.sheet.name, row, column)
        self.labels[key] = item.label
        formula = self._field_formula(item)
        if formula is not None:
            made.slots.append(Slot(row, column, "computed", formula=formula, key=key, item=item))
        elif item.constant is not None:
            made.slots.append(Slot(row, column, "constant", text=item.constant, key=key, item=item))
        else:
            made.slots.append(Slot(row, column, "bureau" if item.locked else "input", key=key, item=item))

    def _field_line(self, made: SheetLayout, item: m.Field, row: int) -> None:
        columns, sheet = made.sheet.columns, made.sheet.name
        slots = made.slots
        star = " *" if item.required and item.is_input else ""
        slots.append(Slot(row, columns.label, "label", text=item.label + star, indent=item.indent))
        self._place(made, item, row, columns.value)
        if columns.unit:
            slots.append(Slot(row, columns.unit, "unit", text=item.unit))
        if columns.computed:
            side = checks.beside(self.form, item)
            if side is not None:
                self.beside[item.name] = Ref(sheet, row, columns.computed)
            slots.append(Slot(row, columns.computed, "computed" if side else "plain", formula=side, item=item))
        if columns.state and item.is_input and not item.locked:
            rules = [r for r in self._scalar_rules.get(item.name, []) if r.level != "notice"]
            slots.append(Slot(row, columns.state, "state", formula=states.field_state(item, rules)))
            self.state_cells.append(Ref(sheet, row, columns.state))
        elif columns.state:
            slots.append(Slot(row, columns.state, "plain"))
        if columns.note:
            slots.append(Slot(row, columns.note, "hint", text=item.hint))
        used = {getattr(columns, part) for part in m.FieldColumns.__slots__}
        slots += [
            Slot(row, c, "plain")
            for c in range(1, made.print_columns + 1)
            if c not in used and c not in made.hidden_columns
        ]
        made.heights[row] = 60 if item.type == "longtext" else 19

    def _field_formula(self, item: m.Field) -> str | None:
        if item.grade_of is None:
            return item.formula
        ready = f"ISNUMBER({item.grade_of})"
        for table in self.form.tables:
            if table.score_column and table.weight_column:
                score, weight = f"{table.name}_{table.score_column}", f"{table.name}_{table.weight_column}"
                ready = f"AND({ready},COUNT({score})=COUNT({weight}))"
        return states.grade_formula(self.form.bands, item.grade_of, ready)

    # ------------------------------------------------------------------ tables
    def _columns(self, table: m.Table) -> tuple[m.Column, ...]:
        """The definition's columns, the state column, then one state column for each rule on every row."""
        extra = tuple(
            m.Column(name=r.code, label=r.code, type="text", formula="=", width=8.0)
            for r in self._row_rules.get(table.name, [])
        )
        return (*table.columns, *extra)

    def _table_block(self, made: SheetLayout, table: m.Table, row: int, first: int) -> int:
        made.slots.append(
            Slot(row, first, "heading", text=f"{table.label}　{table.note}".strip("　"), merge_to=made.print_columns)
        )
        made.heights[row] = 20
        header = row + 1
        columns = self._columns(table)
        for position, column in enumerate(columns, start=1):
            unit = f"（{column.unit}）" if column.unit else ""
            made.slots.append(Slot(header, position, "header", text=f"{column.label}{unit}"))
            self.spans[table.name, column.name] = ColumnSpan(
                table.sheet, position, header + 1, header + self.capacities[table.name]
            )
            self.labels[Key(table.name, -1, column.name)] = column.label
        made.heights[header] = 34
        if made.freeze is None:
            made.header_rows, made.freeze = (1, header), (header, self._frozen_columns(table))
        for index in range(self.capacities[table.name]):
            self._table_row(made, table, columns, index, header + 1 + index)
            made.heights[header + 1 + index] = 30 if table.is_fixed else 20
        return header + self.capacities[table.name] + 2

    def _frozen_columns(self, table: m.Table) -> int:
        for position, column in enumerate(table.columns, start=1):
            if column.required:
                return position if not table.is_fixed else 0
        return 0

    def _address(self, table: m.Table, row: int, sheet: str) -> Callable[[str], str]:
        """How `[@列]` is written in a formula on `sheet`: $C5, or 绩效指标!$C$5 from elsewhere."""

        def address(name: str) -> str:
            span = self.spans[table.name, name]
            if span.sheet == sheet:
                return f"${column_letter(span.column)}{row}"
            return f"{quote_sheet(span.sheet)}!{absolute(row, span.column)}"

        return address

    def _table_row(
        self, made: SheetLayout, table: m.Table, columns: tuple[m.Column, ...], index: int, row: int
    ) -> None:
        address = self._address(table, row, made.sheet.name)
        rules = {r.code: r for r in self._row_rules.get(table.name, [])}
        constants = table.rows[index] if table.rows else {}
        for position, column in enumerate(columns, start=1):
            key = Key(table.name, index, column.name)
            cell = Ref(made.sheet.name, row, position)
            formula = table.cell_formula(index, column)
            if column.name in rules:
                made.slots.append(
                    Slot(row, position, "state", formula=checks.row_verdict(self.form, rules[column.name], address))
                )
            elif column.name == m.STATE_COLUMN:
                made.slots.append(Slot(row, position, "state", formula=states.row_state(table, index, address)))
                self.cells[key] = cell
            elif formula is not None:
                made.slots.append(
                    Slot(
                        row,
                        position,
                        "computed",
                        formula="=" + replace_rows(formula[1:], address),
                        key=key,
                        item=column,
                    )
                )
                self.cells[key] = cell
            elif column.fixed or column.name in constants:
                text = constants.get(column.name, index + 1 if column.type == "integer" else None)
                made.slots.append(Slot(row, position, "fixed", text=text, key=key, item=column))
                self.cells[key] = cell
            else:
                made.slots.append(Slot(row, position, "bureau" if column.bureau else "input", key=key, item=column))
                self.cells[key] = cell

    # ------------------------------------------------------------------ 校验
    def _checks_sheet(self, sheet: m.Sheet) -> SheetLayout:
        made = SheetLayout(
            sheet,
            widths=list(sheet.widths),
            hidden_columns=[11, 12],
            freeze=(4, 3),
            header_rows=(1, 4),
            print_columns=10,
        )
        self._head(made, 1, 10)
        for position, words in enumerate(CHECK_HEADERS, start=1):
            made.slots.append(Slot(4, position, "header", text=words))
        made.heights[4] = 22
        for row, rule in enumerate(self.form.rules, start=5):
            self.check_rows[rule.code] = row
        for row, rule in enumerate(self.form.rules, start=5):
            self._check_line(made, rule, row)
            made.heights[row] = 32
        return made

    def _check_line(self, made: SheetLayout, rule: m.Rule, row: int) -> None:
        slots = made.slots
        at = self.at(rule)
        slots += [
            Slot(row, 1, "label", text=rule.code),
            Slot(row, 2, "label", text=m.LEVEL_WORDS[rule.level]),
            Slot(row, 3, "hint", text=rule.words),
            Slot(row, 10, "link", text="定位", link=f"internal:{quote_sheet(at.sheet)}!{a1(at.row, at.column)}"),
        ]
        if rule.table:
            failed = f"COUNTIF({rule.table}_{rule.code},{literal(m.FAILED_STATE[rule.level])})"
            slots += [
                Slot(row, 4, "computed", formula=f"={failed}", item=_figure_item(0)),
                Slot(row, 5, "unit", text="行有问题"),
                Slot(row, 6, "plain"),
                Slot(row, 7, "plain"),
                Slot(row, 8, "state", formula=checks.row_summary(rule, f"$D{row}")),
                Slot(row, 9, "hint", text="在该行的说明栏填写" if rule.level == "confirm" else ""),
                Slot(row, 11, "plain"),
                Slot(row, 12, "computed", formula=f"=$D{row}"),
            ]
            return
        decimals = checks.decimals_of(self.form, rule)
        shown = _figure_item(decimals)
        left, right, difference, ready = f"$D{row}", f"$F{row}", f"$G{row}", f'$K{row}="{m.READY}"'
        reason = f"核实说明_{rule.code}" if rule.level == "confirm" else None
        test = checks.passes(self.form, rule, left, right, difference)
        state = f"=IF({ready},{checks.verdict(rule, test, reason)},$K{row})"
        slots += [
            Slot(row, 4, "computed", formula=f'=IF({ready},{checks.figure(rule.left, decimals)},"")', item=shown),
            Slot(row, 5, "unit", text={"<=": "≤", ">=": "≥", "<>": "≠"}.get(rule.op, rule.op)),
            Slot(row, 6, "computed", formula=f'=IF({ready},{checks.figure(rule.right, decimals)},"")', item=shown),
            Slot(row, 7, "computed", formula=f'=IF({ready},ROUND({left}-{right},{decimals}),"")', item=shown),
            Slot(row, 8, "state", formula=state),
            Slot(row, 11, "computed", formula=checks.guard(self.form, rule)),
            Slot(row, 12, "computed", formula=f"=IF($H{row}={literal(m.FAILED_STATE[rule.level])},1,0)"),
        ]
        if reason is None:
            slots.append(Slot(row, 9, "plain"))
        else:
            key = Key(reason)
            self.cells[key] = Ref(made.sheet.name, row, 9)
            self.labels[key] = f"{rule.code} 核实说明"
            item = m.Field(name=reason, label=f"{rule.code} 核实说明", section="", type="text", max_length=500)
            slots.append(Slot(row, 9, "input", key=key, item=item))

    # ------------------------------------------------------------------ 填表说明 and _meta
    def _guide_sheet(self, sheet: m.Sheet) -> SheetLayout:
        made = SheetLayout(sheet, widths=list(sheet.widths) or [6, 24, 50, 40], print_columns=4)
        self.master = Ref(sheet.name, 3, 2)
        return made

    def _fill_guide(self) -> None:
        """Write the first sheet last: its master check counts what all the others hold."""
        made = next(s for s in self.sheets if s.sheet.kind == "guide")
        guide, form = self.form.guide, self.form
        width = sum(made.widths)
        slots = made.slots
        slots += [
            Slot(1, 1, "title", text=f"{form.year} 年度{form.title}"),
            Slot(3, 1, "label", text="报送检查"),
            Slot(3, 2, "master", formula=self._master_formula(), merge_to=4),
            Slot(2, 1, "note", text=guide.purpose, merge_to=4),
        ]
        made.heights |= {1: 36, 2: text_height(guide.purpose, width), 3: 34}
        row = 5
        for title, lines in (
            ("填报步骤", guide.steps),
            ("图例", guide.legend),
            ("报送", (guide.deadline, guide.contact, guide.source_note)),
        ):
            slots.append(Slot(row, 1, "heading", text=title, merge_to=4))
            row += 1
            for number, words in enumerate((w for w in lines if w), start=1):
                roles: tuple[Role, ...] = ("legend_input", "legend_computed", "legend_bureau")
                legend = title == "图例" and number <= len(roles)
                slots.append(Slot(row, 1, roles[number - 1] if legend else "unit", text="示例" if legend else number))
                slots.append(Slot(row, 2, "step", text=words, merge_to=4))
                made.heights[row] = text_height(words, width - made.widths[0])
                row += 1
            row += 1
        made.last_row = row - 1

    def _master_formula(self) -> str:
        sheet = quote_sheet(self.form.checks_sheet)
        last = 4 + len(self.form.rules)
        levels, counts = f"{sheet}!$B$5:$B${last}", f"{sheet}!$L$5:$L${last}"
        unreadable, missing = [], []
        for name, column, first, final in self._state_spans():
            area = f"{quote_sheet(name)}!{absolute(first, column)}:{absolute(final, column)}"
            unreadable += [f"COUNTIF({area},{literal(m.UNREADABLE)})", f"COUNTIF({area},{literal(m.OUT_OF_RANGE)})"]
            missing.append(f"COUNTIF({area},{literal(m.MISSING)})")
        for table in self.form.tables:
            if table.min_rows and not table.is_fixed:
                area = f"{table.name}_{m.STATE_COLUMN}"
                empty = f"COUNTIF({area},{literal(m.EMPTY_ROW)})"
                missing.append(f"MAX(0,{table.min_rows}-{self.capacities[table.name]}+{empty})")
        errors = f"SUMIF({levels},{literal('错误')},{counts})+{'+'.join(unreadable)}"
        confirms = f"SUMIF({levels},{literal('核实')},{counts})"
        gaps = "+".join(missing)
        words = f'"还有 "&({errors})&" 项错误、"&({confirms})&" 项待核实、"&({gaps})&" 项未填"'
        return f"=IF({errors}+{confirms}+{gaps}=0,{literal(READY_WORDS)},{words})"

    def _state_spans(self) -> Iterator[tuple[str, int, int, int]]:
        """Yield (sheet, column, first row, last row) of every run of state cells."""
        runs: dict[tuple[str, int], list[int]] = {}
        for ref in self.state_cells:
            runs.setdefault((ref.sheet, ref.column), []).append(ref.row)
        tables = {(s.sheet, s.column): s for (_, c), s in self.spans.items() if c == m.STATE_COLUMN}
        for (sheet, column), rows in runs.items():
            if (sheet, column) not in tables:
                yield sheet, column, min(rows), max(rows)
        for (_, column_name), span in self.spans.items():
            if column_name == m.STATE_COLUMN:
                rows = runs.get((span.sheet, span.column), [])
                yield span.sheet, span.column, span.first, span.last
                later = [r for r in rows if r > span.last]
                if later and span is tables[span.sheet, span.column]:
                    yield span.sheet, span.column, min(later), max(later)

    def _meta_sheet(self, sheet: m.Sheet) -> SheetLayout:
        return SheetLayout(sheet, widths=[24, 60], print_columns=2)


def _figure_item(decimals: int) -> m.Field:
    """Return a nameless field that only says how a figure on 校验 is shown."""
    return m.Field(name="", label="", section="", type="amount", decimals=decimals)


def bare_label(value: object) -> str:
    """Return a text without blanks and the required mark, for comparing labels (7.0 and 7 are one)."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).replace(" ", "").replace("　", "").rstrip("*").strip()


def text_height(text: str, width: float, line: float = 16.0) -> float:
    """Return a row height for text wrapped into `width` characters (a Chinese character takes two)."""
    taken = sum(2 if ord(ch) > 0x2E7F else 1 for ch in text)
    return line * max(1, -(-taken // max(1, int(width - 2)))) + 4
