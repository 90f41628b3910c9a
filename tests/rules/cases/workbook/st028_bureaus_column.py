"""Damages that ST028 must tell: staff filled the columns that are the bureau's."""

from __future__ import annotations

from tests.support.stage import Result, Stage, damage, first, spot
from xltools.form.layout import Key


@damage("ST028", "the bureau's opinion filled")
def _(s: Stage) -> Result:
    table, column = first((t, c) for t in s.form.tables for c in t.columns if c.bureau and c.type == "text")
    index, row = first(s.rows(table))
    row[column.name] = "同意自评"
    return None, spot("ST028", s.layout.cells[Key(table.name, index, column.name)])
