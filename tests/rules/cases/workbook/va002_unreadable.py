"""Damages that VA002 must tell: text where a number or date is asked, that cannot be understood for certain."""

from __future__ import annotations

from tests.support.acts import set_cell, set_field
from tests.support.stage import Result, Stage, damage

_UNREADABLE = {
    "amount": "约一千",
    "integer": "三十来个",
    "percent": "九成以上",
    "date": "去年春天",
    "year": "上一年",
}


def _unreadable(kind: str, text: str) -> None:
    @damage("VA002", kind)
    def apply(s: Stage) -> Result:
        return set_field(s, s.field(kind).name, text, "VA002")


for _kind, _text in _UNREADABLE.items():
    _unreadable(_kind, _text)


@damage("VA002", "open row number")
def _(s: Stage) -> Result:
    return set_cell(s.cell("number", open_=True), "≥266米", "VA002")


@damage("VA002", "fixed row score")
def _(s: Stage) -> Result:
    return set_cell(s.cell("score", open_=False), "优", "VA002")
