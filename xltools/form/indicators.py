"""Which columns of a form's tables are indicators (indicators.toml, optional): what each column means to a reviewer."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Literal

from msgspec import Struct

from xltools.bilingual import Pair
from xltools.boundary.nearest import nearest
from xltools.boundary.read import read_toml
from xltools.boundary.walk import Fault, below, entry, taken
from xltools.errors import DefinitionError
from xltools.form.loader import INDICATORS as FILE
from xltools.form.loader import refuse
from xltools.form.model import Form, Table

Kind = Literal["", "output", "quantity", "quality", "timeliness", "cost", "benefit", "satisfaction"]
"""What a group of indicators is about; "output" where quantity, quality and timeliness stand together."""
COLUMNS = ("name", "unit", "direction", "target", "actual", "weight", "group")
"""Keys that name a column of the table."""


class Group(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A group that a row may belong to: what it is about, and the group above it."""

    name: str
    kind: Kind
    within: str = ""


class Asked(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Groups of which the form asks for at least one row, and what they are called together."""

    label: str
    groups: tuple[str, ...]
    kind: Kind = ""


class IndicatorTable(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table of indicators: which column is what, and what the signs of its direction mean."""

    table: str
    name: str
    direction: str
    target: str
    actual: str
    at_least: str
    at_most: str
    exactly: str = ""
    unit: str = ""
    weight: str = ""
    group: str = ""
    kind: Kind = ""
    groups: tuple[Group, ...] = ()
    asks: tuple[Asked, ...] = ()

    def kind_of(self, group: str) -> Kind:
        """Return what a row of that group is about."""
        return next((g.kind for g in self.groups if g.name == group), self.kind)

    def above(self, group: str) -> str:
        """Return the group above a row's own."""
        return next((g.within for g in self.groups if g.name == group), "")


class IndicatorsFile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole file."""

    indicators: tuple[IndicatorTable, ...] = ()


def indicator_tables(form: Form) -> tuple[IndicatorTable, ...]:
    """Return the form's tables of indicators; none where it does not say. Raise DefinitionError with every fault."""
    given, faults = _read(form.folder.parent.parent if form.newest else form.folder)
    if form.newest:  # a former edition is read as the newest says, where it has the same columns
        return tuple(one for one in given if not any(_faults(form, 1, one)))
    found = [*faults, *_all_faults(form, given)]
    if found:
        raise DefinitionError(refuse(form.folder, found))
    return given


def examined(form: Form) -> list[Fault]:
    """Return everything that is wrong with the form's file."""
    given, faults = _read(form.folder)
    return [*faults, *_all_faults(form, given)]


def _all_faults(form: Form, given: tuple[IndicatorTable, ...]) -> Iterator[Fault]:
    for number, one in enumerate(given, start=1):
        yield from _faults(form, number, one)


@cache
def _read(folder: Path) -> tuple[tuple[IndicatorTable, ...], tuple[Fault, ...]]:
    path = folder / FILE
    if not path.is_file():
        return (), ()
    raw, found = read_toml(path)
    read, wrong = (None, []) if found else taken(raw, IndicatorsFile, FILE)
    return () if read is None else read.indicators, (*found, *wrong)


def _faults(form: Form, number: int, one: IndicatorTable) -> Iterator[Fault]:
    where = entry(below(FILE, "indicators"), number, {"name": one.table})
    tables = {t.name: t for t in form.tables if not t.is_fixed}
    if one.table not in tables:
        yield Fault(below(where, "table"), _missing("表格", "table", one.table, tables))
        return
    yield from _columns(one, tables[one.table], where)
    groups = [g.name for g in one.groups]
    for asked in one.asks:
        for name in asked.groups:
            if name not in groups:
                yield Fault(below(where, "asks"), _missing("分组", "group", name, groups))


def _columns(one: IndicatorTable, table: Table, where: str) -> Iterator[Fault]:
    columns = {c.name: c for c in table.columns}
    for key in COLUMNS:
        name = getattr(one, key)
        if name and name not in columns:
            yield Fault(below(where, key), _missing("列", "column", name, columns))
    choices = columns[one.direction].choices if one.direction in columns else ()
    for key in ("at_least", "at_most", "exactly"):
        sign = getattr(one, key)
        if sign and choices and sign not in choices:
            yield Fault(below(where, key), _missing("选项", "choice", sign, choices))
    choices = columns[one.group].choices if one.group in columns else ()
    for group in one.groups:
        if choices and group.name not in choices:
            yield Fault(below(where, "groups"), _missing("选项", "choice", group.name, choices))


def _missing(zh: str, en: str, name: str, known: object) -> Pair:
    says = Pair(f"没有名为“{{name}}”的{zh}{{near}}", f"there is no {en} “{{name}}”{{near}}")
    return says.format(name=name, near=nearest(name, list(known)))  # type: ignore[call-overload]
