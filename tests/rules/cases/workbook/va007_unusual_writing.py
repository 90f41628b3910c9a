"""Damages that VA007 must tell: a number, date or choice that was understood although written unusually."""

from __future__ import annotations

from tests.support.acts import set_cell, set_field
from tests.support.stage import Result, Stage, damage, first

_WRITINGS = {
    "amount unit": ("amount", "{:.2f}万元"),
    "amount thousands": ("amount", "{:,.2f}"),
    "amount as text": ("amount", "{:.2f}"),
    "amount spaces": ("amount", " {:.2f} "),
    "percent sign": ("percent", "{:.2f}%"),
    "integer unit": ("integer", "{:.0f}人"),
}


def _writing(name: str, kind: str, shape: str) -> None:
    @damage("VA007", name)
    def apply(s: Stage) -> Result:
        item = first(f for f in s.fields(kind) if not name.startswith("integer") or f.unit == "人")
        return set_field(s, item.name, shape.format(s.values[item.name]), "VA007")


for _name, (_kind, _text) in _WRITINGS.items():
    _writing(_name, _kind, _text)


@damage("VA007", "amount full-width")
def _(s: Stage) -> Result:
    item = s.field("amount")
    wide = str(s.values[item.name]).translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789."})
    return set_field(s, item.name, wide, "VA007")


@damage("VA007", "date")
def _(s: Stage) -> Result:
    return set_field(s, s.field("date").name, "2024年3月20日", "VA007")


@damage("VA007", "open row number")
def _(s: Stage) -> Result:
    key, ref, row = s.cell("number", open_=True)
    return set_cell((key, ref, row), f"{row[key.column]:,.2f}", "VA007")
