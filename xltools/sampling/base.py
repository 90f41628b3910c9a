"""What invented fillings start from: the form's clean filling, and changes laid over it."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from xltools.bilingual import Pair
from xltools.boundary.read import read_object
from xltools.boundary.walk import Fault
from xltools.form import model as m
from xltools.form.loader import BASE_CASE
from xltools.writing.department.inputs import value_faults

Values = dict[str, Any]
"""A filling as `read` gives it: field → value, table → rows."""

_NO_CLEAN = Pair("没有样例，规则用例无法验证；请填一份没有问题的填报", "there is no clean filling to try the rules on")


def clean_values(form: m.Form) -> tuple[Values | None, list[Fault]]:
    """Return the form's clean filling, or None, and what is wrong with it."""
    path = form.folder / BASE_CASE
    if not path.is_file():
        return None, [Fault(BASE_CASE, _NO_CLEAN)]
    values, found = read_object(path)
    return (None, found) if found else (values, value_faults(values, form, BASE_CASE))


def laid_over(form: m.Form, base: Mapping[str, Any], changes: Mapping[str, Any]) -> Values:
    """Return `base` with `changes`: fields replaced ("" and None: not filled), open tables replaced, rows of fixed
    tables merged by their key."""
    values = copy.deepcopy(dict(base))
    tables = {t.name: t for t in form.tables}
    for name, value in changes.items():
        table = tables.get(name)
        if table is None or not table.is_fixed or table.key_column is None or not isinstance(value, list):
            values[name] = None if value == "" else copy.deepcopy(value)
            continue
        rows = values.setdefault(name, [])
        for row in value:
            mine = row_of(table, rows, row.get(table.key_column))
            mine.update({k: None if v == "" else v for k, v in row.items()})
    return values


def row_of(table: m.Table, rows: list[Values], key: Any) -> Values:
    """Return the row of a fixed table by its key; it is added where the filling has none of it."""
    column = table.key_column or ""
    mine = next((row for row in rows if row.get(column) == key), None)
    if mine is None:
        rows.append(mine := {column: key})
    return mine
