"""The places that are given out while the sheets of a form are laid out, one after the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from xltools.form import model as m
from xltools.form.address import Ref
from xltools.form.slots import ColumnSpan, Key, SheetLayout


@dataclass(slots=True)
class Places:
    """Where each thing of `form` stands, as far as it is laid out. `capacities` are the rows of each table."""

    form: m.Form
    capacities: Mapping[str, int]
    sheets: list[SheetLayout] = field(default_factory=list)
    cells: dict[Key, Ref] = field(default_factory=dict)
    spans: dict[tuple[str, str], ColumnSpan] = field(default_factory=dict)
    labels: dict[Key, str] = field(default_factory=dict)
    beside: dict[str, Ref] = field(default_factory=dict)  # field → its cell of 自动计算
    state_cells: list[Ref] = field(default_factory=list)
    status_cells: list[Ref] = field(default_factory=list)  # a leading first page: every cell with the words of 填报状态
    check_rows: dict[str, int] = field(default_factory=dict)  # rule → its row on 校验, from 1
    master: Ref = field(default_factory=lambda: Ref("", 0, 0))

    def rules_at(self, name: str) -> list[m.Rule]:
        """Return the scalar rules whose finding stands at a field and asks for something to be done."""
        return [r for r in self.form.rules if r.table is None and r.at == name and r.level != "notice"]

    def row_rules(self, table: str) -> list[m.Rule]:
        """Return the rules that hold on every row of a table."""
        return [r for r in self.form.rules if r.table == table]

    def at(self, rule: m.Rule, row: int = 0) -> Ref:
        """Return the primary cell of a rule; of its table's row `row` (from 0), for a rule on every row."""
        if rule.table:
            span = self.spans[rule.table, rule.at]
            return Ref(span.sheet, span.first + row, span.column)
        if "." in rule.at:
            table, column = rule.at.split(".", 1)
            span = self.spans[table, column]
            return Ref(span.sheet, span.first, span.column)
        return self.cells[Key(rule.at)]
