"""The stage of a damage test: one form in one shape, and ways to find a cell of some kind on it."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from tests.support.damage import Package
from tests.support.fillings import shaped
from tests.support.forms import Values, built, checked, form, places, room
from xltools.findings.finding import Finding
from xltools.form import model as m
from xltools.form.address import Ref
from xltools.form.layout import Key, Layout
from xltools.recalc.engine import EngineValue
from xltools.rules.diagnosis.equations import Equation, equations
from xltools.writing.department.inputs import capacities_for, cell_values

Place = tuple[str, str, str]
"""Code, sheet, cell."""
Result = tuple[Any, ...]
"""What a damage returns: the damaged package (None: the stage's values were changed), then the places to be told."""


class NotHere(Exception):
    """This form in this shape has no cell of the kind asked for."""


@dataclass
class Stage:
    """One form in one shape. `values` may be changed freely; `package` gives the untouched workbook."""

    form_id: str
    shape: str

    def __post_init__(self) -> None:
        self.form = form(self.form_id)
        self.values: Values = copy.deepcopy(_values(self.form_id, self.shape))

    @property
    def layout(self) -> Layout:
        """The layout this filling needs."""
        return room().layout(self.form, capacities_for(self.form, self.values))

    @property
    def baseline(self) -> list[Place]:
        """What the undamaged workbook is told: at most notices that belong to its shape."""
        return _baseline(self.form_id, self.shape)

    def package(self) -> Package:
        """Return the undamaged workbook, to be damaged."""
        return Package(_bytes(self.form_id, self.shape))

    @cached_property
    def results(self) -> dict[Ref, EngineValue]:
        """What every formula of the undamaged workbook gives."""
        model, _ = room().model(self.layout)
        return model.evaluate(cell_values(self.layout, self.values))

    # ------------------------------------------------------------------ finding inputs
    def fields(self, kind: str, *, filled: bool = True, **wanted: Any) -> Iterator[m.Field]:
        """Yield the inputs of a type (and of these attributes) that hold something."""
        for item in self.form.fields:
            if item.type != kind or not item.is_input or item.locked:
                continue
            if any(getattr(item, name) != value for name, value in wanted.items()):
                continue
            if not filled or self.values.get(item.name) not in (None, "", "—"):
                yield item

    def field(self, kind: str, **wanted: Any) -> m.Field:
        """Return the first such input."""
        return first(self.fields(kind, **wanted))

    def at(self, name: str) -> Ref:
        """Return a field's cell."""
        return self.layout.cells[Key(name)]

    def cells(self, kind: str, *, open_: bool | None = None, **wanted: Any) -> Iterator[tuple[Key, Ref, Values]]:
        """Yield the filled table cells of a type: key, address, the row's values."""
        for table in self.form.tables:
            if open_ is not None and table.is_fixed == open_:
                continue
            for index, row in self.rows(table):
                for column in table.columns_in(index):
                    same = all(getattr(column, name) == value for name, value in wanted.items())
                    if column.type == kind and same and row.get(column.name) not in (None, ""):
                        key = Key(table.name, index, column.name)
                        yield key, self.layout.cells[key], row

    def rows(self, table: m.Table) -> Iterator[tuple[int, Values]]:
        """Yield (index on the sheet, values) of a table's rows."""
        keys = {row.get(table.key_column or ""): n for n, row in enumerate(table.rows)}
        for number, row in enumerate(self.values.get(table.name) or []):
            yield (keys[row[table.key_column]] if table.is_fixed and table.key_column else number), row

    def cell(self, kind: str, **wanted: Any) -> tuple[Key, Ref, Values]:
        """Return the first such table cell."""
        return first(self.cells(kind, **wanted))

    # ------------------------------------------------------------------ finding formulas
    def computed_field(self, kind: str = "score") -> Ref:
        """Return a computed field that shows something."""
        return first(
            self.layout.cells[Key(f.name)]
            for f in self.form.fields
            if f.type == kind and not f.is_input and f.constant is None and self.shows(self.layout.cells[Key(f.name)])
        )

    def computed_cell(self, *, open_: bool = True, shows: bool = True, number: bool = True) -> Ref:
        """Return a computed cell of an open (or a fixed) table."""
        tables = {t.name: t for t in self.form.tables if t.is_fixed != open_}
        return first(
            ref
            for ref, key in self.layout.computed.items()
            if key.row >= 0
            and key.field in tables
            and bool(self.shows(ref)) == shows
            and (not number or not shows or isinstance(self.results[ref], int | float))
            and key.column != m.STATE_COLUMN
            and key.column not in {c.name for c in tables[key.field].columns if c.hidden}
        )

    def shows(self, ref: Ref) -> bool:
        """True when a formula gives something to see."""
        return self.results.get(ref) not in (None, "")

    def sums(self, kind: str = "sum") -> Iterator[Equation]:
        """Yield the equations of a kind whose figures are all given or blank, the total given."""
        for equation in equations(self.form):
            if equation.kind == kind and isinstance(self.values.get(equation.left), int | float):
                yield equation

    def free_parts(self, equation: Equation) -> Iterator[str]:
        """Yield the given parts of a sum that no other rule reads."""
        for part in equation.parts:
            others = [e for e in equations(self.form) if part in e.fields and e is not equation]
            if not others and isinstance(self.values.get(part), int | float):
                yield part

    def place_of(self, code: str) -> Place:
        """Return where a rule's finding stands."""
        ref = self.layout.at(self.form.rule(code))
        return (code, ref.sheet, ref.a1)

    # ------------------------------------------------------------------ the verdict
    def found(self, data: bytes | None = None) -> list[Place]:
        """Return the findings that lead (consequences left out) of a damaged workbook, or of the changed values."""
        return sorted(places(self.leading(data)))

    def leading(self, data: bytes | None = None) -> list[Finding]:
        """Return the findings that lead, with all they say."""
        result = checked(built(self.form_id, self.values) if data is None else data)
        return [f for f in result.findings if not f.root and f.is_open]


@cache
def _values(form_id: str, shape: str) -> Values:
    return shaped(form_id, shape)


@cache
def _bytes(form_id: str, shape: str) -> bytes:
    return built(form_id, _values(form_id, shape))


@cache
def _baseline(form_id: str, shape: str) -> list[Place]:
    return sorted(places(checked(_bytes(form_id, shape)).findings))


def first(items: Iterator[Any] | Any) -> Any:
    """Return the first of some cells; NotHere when there is none."""
    for item in items:
        return item
    raise NotHere


@dataclass(frozen=True)
class Damage:
    """One kind of damage to one kind of cell; `apply` does it and returns the workbook and what must be found."""

    family: str
    kind: str
    apply: Callable[[Stage], tuple[bytes | None, list[Place]]]


DAMAGES: list[Damage] = []


def damage(
    family: str, kind: str
) -> Callable[[Callable[[Stage], tuple[Any, ...]]], Callable[[Stage], tuple[Any, ...]]]:
    """Register a damage. The function returns (bytes or None for changed values, place, place …)."""

    def register(function: Callable[[Stage], tuple[Any, ...]]) -> Callable[[Stage], tuple[Any, ...]]:
        def apply(stage: Stage) -> tuple[bytes | None, list[Place]]:
            data, *expected = function(stage)
            return (data.data() if isinstance(data, Package) else data), [tuple(p) for p in expected]

        DAMAGES.append(Damage(family, kind, apply))
        return function

    return register


def spot(code: str, ref: Ref) -> Place:
    """Return a finding's place."""
    return (code, ref.sheet, ref.a1 if ref.row else "")
