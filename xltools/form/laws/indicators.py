"""Laws of indicators.toml: it speaks of tables, columns, signs and groups that the form has."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.bilingual import Pair
from xltools.boundary.walk import Fault, below, entry
from xltools.form.indicators import FILE, IndicatorTable
from xltools.form.laws.places import COLUMN, TABLE, known
from xltools.form.model import Form, Table

COLUMNS = ("name", "unit", "direction", "target", "actual", "weight", "group")
"""Keys that name a column of the table."""
_SIGNS = ("at_least", "at_most", "exactly")
_OPTION, _GROUP = Pair("选项", "choice"), Pair("分组", "group")


def laws(form: Form) -> Iterator[Fault]:
    """Yield the names that the form does not have."""
    tables = {t.name: t for t in form.tables if not t.is_fixed}
    for number, one in enumerate(form.indicators, start=1):
        where = entry(below(FILE, "indicators"), number, {"name": one.table})
        if one.table not in tables:
            yield from known(below(where, "table"), one.table, tables, TABLE)
            continue
        yield from _columns(one, tables[one.table], where)
        groups = [g.name for g in one.groups]
        for asked in one.asks:
            for name in asked.groups:
                yield from known(below(where, "asks"), name, groups, _GROUP)


def _columns(one: IndicatorTable, table: Table, where: str) -> Iterator[Fault]:
    columns = {c.name: c for c in table.columns}
    for key in COLUMNS:
        if name := getattr(one, key):
            yield from known(below(where, key), name, columns, COLUMN)
    signs = columns[one.direction].choices if one.direction in columns else ()
    for key in _SIGNS if signs else ():
        if sign := getattr(one, key):
            yield from known(below(where, key), sign, signs, _OPTION)
    choices = columns[one.group].choices if one.group in columns else ()
    for group in one.groups if choices else ():
        yield from known(below(where, "groups"), group.name, choices, _OPTION)
