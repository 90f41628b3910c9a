"""The only importer of formualizer: loads a form's template once, then recalculates it for one set of inputs after
another. It is the template that is recalculated: a formula in a file that was sent is evidence, never evaluated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, NamedTuple

import formualizer

from xltools.bilingual import Pair
from xltools.errors import DefinitionError
from xltools.form.address import Ref, a1
from xltools.form.layout import Key, Layout

EngineValue = str | int | float | bool | None
SCRATCH = "scratch"
_UNKNOWN = object()
_EXCEL_EPOCH = date(1899, 12, 30)
_EXACT = 10**15
"""From here on a whole number is a float, as in every spreadsheet."""


def serial(value: date) -> int:
    """Return a date's number in a workbook (1900 system)."""
    return (value - _EXCEL_EPOCH).days


class Model:
    """A template in the engine. Inputs that were set for one submission never reach the next: each call of
    `evaluate` sets every input, the blank ones too (only those that differ from the last call are sent)."""

    def __init__(self, layout: Layout, template: bytes) -> None:
        self.layout = layout
        config = formualizer.EvaluationConfig()
        config.enable_parallel = False
        self._book = formualizer.Workbook.from_bytes(template, config=formualizer.WorkbookConfig(eval_config=config))
        self._book.set_changelog_enabled(False)  # it would keep every value ever set: 0.25 MB a submission
        self._refuse_diagnostics()
        self._sheets = {name: self._book.sheet(name) for name in self._book.sheet_names}
        self._blocks = _blocks({layout.cells[key]: key for key in layout.inputs})
        self._standing: dict[Key, EngineValue] = {}
        self._targets = list(layout.formulas)
        self._boxes = self._bounding_boxes()
        self._scratch = False
        self.evaluations = 0
        self._book.evaluate_all()

    def _refuse_diagnostics(self) -> None:
        found = [*self._book.sheet_import_diagnostics, *self._book.name_import_diagnostics]
        if found:
            folder = self.layout.form.folder
            raise DefinitionError(
                Pair(
                    f"{folder}：公式引擎读不懂模板：{found[0]}",
                    f"{folder}: the formula engine cannot read the template: {found[0]}",
                )
            )

    def _bounding_boxes(self) -> list[tuple[str, Any, list[tuple[Ref, int, int]]]]:
        """Per sheet, the rectangle that holds all formulas, and where each lies in it: one read a sheet."""
        boxes = []
        by_sheet: dict[str, list[Ref]] = {}
        for ref in self._targets:
            by_sheet.setdefault(ref.sheet, []).append(ref)
        for sheet, refs in by_sheet.items():
            top, left = min(r.row for r in refs), min(r.column for r in refs)
            bottom, right = max(r.row for r in refs), max(r.column for r in refs)
            area = formualizer.RangeAddress(sheet, top, left, bottom, right)
            boxes.append((sheet, area, [(r, r.row - top, r.column - left) for r in refs]))
        return boxes

    def evaluate(self, inputs: Mapping[Key, EngineValue | date]) -> dict[Ref, EngineValue]:
        """Set every input of the form, recalculate, return the value of every formula cell.

        Keys that the form does not have are ignored; errors come back as their text ("#DIV/0!").
        """
        self._set(inputs)
        self._book.evaluate_all()
        self.evaluations += 1
        return self._read()

    def _set(self, inputs: Mapping[Key, EngineValue | date]) -> bool:
        """Set every input to what it is in `inputs`; True when one was another before."""
        set_any = False
        for block in self._blocks:
            changed = [place for place, key in block.cells if self._differs(key, inputs)]
            if changed:
                top, bottom = changed[0][0], changed[-1][0]
                left, right = min([column for _, column in changed]), max([column for _, column in changed])
                rows = [keys[left : right + 1] for keys in block.rows[top : bottom + 1]]
                values = [[_literal(self._standing[key]) for key in keys] for keys in rows]
                self._book.set_values_batch(block.sheet, block.top + top, block.left + left, values)
                set_any = True
        return set_any

    def _differs(self, key: Key, inputs: Mapping[Key, EngineValue | date]) -> bool:
        """Note the value a cell shall hold; True when it holds another one."""
        value = inputs.get(key)
        if isinstance(value, date):
            value = serial(value.date() if isinstance(value, datetime) else value)
        if value == "":
            value = None
        known = self._standing.get(key, _UNKNOWN)  # the template's own defaults stand there before the first call
        self._standing[key] = value
        return value is not known and (value != known or type(value) is not type(known))

    def _read(self) -> dict[Ref, EngineValue]:
        found: dict[Ref, EngineValue] = {}
        for sheet, area, places in self._boxes:
            grid = self._sheets[sheet].get_values(area)
            for ref, row, column in places:
                value = grid[row][column]
                found[ref] = value if type(value) in _PLAIN else plain(value)
        return found

    def expression(self, formula: str, inputs: Mapping[Key, EngineValue | date]) -> EngineValue:
        """Return the value of one more formula over `inputs`, whatever was evaluated meanwhile (for a message's figures)."""
        if self._set(inputs):
            self._book.evaluate_all()
        if not self._scratch:
            self._book.add_sheet(SCRATCH)
            self._scratch = True
        self._book.set_formula(SCRATCH, 1, 1, formula)
        return plain(self._book.evaluate_cell(SCRATCH, 1, 1))

    def refuse_errors(self, values: Mapping[Ref, EngineValue]) -> None:
        """Raise DefinitionError when a formula of the blank template gives an error value."""
        for ref, value in values.items():
            if isinstance(value, str) and value.startswith("#"):
                folder, cell = self.layout.form.folder, f"{ref.sheet}!{a1(ref.row, ref.column)}"
                formula = self.layout.formulas[ref][:80]
                raise DefinitionError(
                    Pair(
                        f"{folder}：空白模板的 {cell} 得出 {value}：{formula}",
                        f"{folder}: in the blank template {cell} gives {value}: {formula}",
                    )
                )


@dataclass(frozen=True)
class Recalculation:
    """One submission's figures: those of the template's own formulas, and of any other formula over the same inputs.

    The model behind it is shared and meanwhile may hold other inputs; what is asked here never depends on that.
    """

    model: Model
    inputs: Mapping[Key, EngineValue | date]

    @cached_property
    def values(self) -> Mapping[Ref, EngineValue]:
        """The value of every formula cell of the template."""
        return self.model.evaluate(self.inputs)

    def expression(self, formula: str) -> EngineValue:
        """Return the value of one more formula."""
        return self.model.expression(formula, self.inputs)


_PLAIN = frozenset({str, int, float, bool, type(None)})


class InputBlock(NamedTuple):
    """A rectangle of nothing but inputs, its keys row by row. Each call to the engine costs as much as the dependants
    of what it sets, so one call for a rectangle is far cheaper than one for each of its cells."""

    sheet: str
    top: int
    left: int
    rows: list[list[Key]]
    cells: list[tuple[tuple[int, int], Key]]  # the same with (row, column) in the rectangle


def _blocks(inputs: Mapping[Ref, Key]) -> list[InputBlock]:
    """Return the inputs as rectangles: neighbours in a row first, then rows of the same columns."""
    lines: dict[Ref, list[Key]] = {}  # first cell → the keys of neighbours
    start = Ref("", 0, 0)
    for ref in sorted(inputs):
        if ref != (start.sheet, start.row, start.column + len(lines.get(start, ()))):
            lines[start := ref] = []
        lines[start].append(inputs[ref])
    rectangles: dict[Ref, list[list[Key]]] = {}
    for ref, keys in sorted(lines.items(), key=lambda line: (line[0].sheet, line[0].column, line[0].row)):
        rows = rectangles.get(start, [])
        below = ref == (start.sheet, start.row + len(rows), start.column)
        if not (below and len(rows[0]) == len(keys)):
            rectangles[start := ref] = rows = []
        rows.append(keys)
    return [
        InputBlock(*ref, rows, [((r, c), key) for r, keys in enumerate(rows) for c, key in enumerate(keys)])
        for ref, rows in rectangles.items()
    ]


def _literal(value: EngineValue) -> Any:
    """Return what the engine takes for a value; text never becomes a formula, number or date."""
    if isinstance(value, int) and abs(value) >= _EXACT:  # a spreadsheet's number, as the sheet itself would hold it
        return float(value)
    return formualizer.LiteralValue.text(value) if isinstance(value, str) else value


def plain(value: object) -> EngineValue:
    """Return an engine value as a plain scalar: errors as their text, nothing as None."""
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, dict) and value.get("type") == "Error":
        return f"#{value.get('kind', 'ERROR')}".upper()
    return str(value)
