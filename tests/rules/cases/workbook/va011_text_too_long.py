"""Damages that VA011 must tell: a text longer than the form asks for."""

from __future__ import annotations

from tests.support.acts import set_cell, set_field
from tests.support.stage import Result, Stage, damage


def _long(kind: str) -> None:
    @damage("VA011", kind)
    def apply(s: Stage) -> Result:
        item = s.field(kind)
        return set_field(s, item.name, "很" * ((item.max_length or 0) + 1), "VA011")


for _kind in ("text", "longtext", "phone"):
    _long(_kind)


@damage("VA011", "open row text")
def _(s: Stage) -> Result:
    key, ref, row = s.cell("text", open_=True)
    limit = s.form.table(key.field).column(key.column).max_length or 0
    return set_cell((key, ref, row), "长" * (limit + 1), "VA011")
