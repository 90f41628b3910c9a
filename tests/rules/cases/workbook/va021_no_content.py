"""Damages that VA021 must tell: a required text that says nothing."""

from __future__ import annotations

from tests.support.acts import set_cell, set_field
from tests.support.stage import Result, Stage, damage, first, spot


def _nothing(text: str) -> None:
    @damage("VA021", f"reads {text}")
    def apply(s: Stage) -> Result:
        return set_field(s, s.field("longtext", required=True).name, text, "VA021")


for _text in ("同上", "略。", "1", "……"):
    _nothing(_text)


@damage("VA021", "an indicator's name")
def _(s: Stage) -> Result:
    return set_cell(s.cell("text", open_=True), "同上", "VA021")


@damage("VA021", "none (not told)")
def _(s: Stage) -> Result:
    """“无” can be honest."""
    s.values[s.field("longtext", required=True).name] = "无"
    return (None,)


@damage("VA021", "a short answer (not told)")
def _(s: Stage) -> Result:
    s.values[s.field("longtext", required=True).name] = "略有结余"
    return (None,)


@damage("VA021", "a number for an indicator's name")
def _(s: Stage) -> Result:
    measured = s.form.indicators[0]
    found = first(
        c for c in s.cells("text", open_=True) if c[0].field == measured.table and c[0].column == measured.name
    )
    return set_cell(found, 126, "VA021")


@damage("VA021", "a number for a unit")
def _(s: Stage) -> Result:
    measured = s.form.indicators[0]
    found = first(
        c for c in s.cells("text", open_=True) if c[0].field == measured.table and c[0].column == measured.unit
    )
    return set_cell(found, "120", "VA021")


@damage("VA021", "a number for a long text")
def _(s: Stage) -> Result:
    return set_field(s, s.field("longtext", required=True).name, 45000, "VA021")


@damage("VA021", "letters for a long text")
def _(s: Stage) -> Result:
    return set_field(s, s.field("longtext", required=True).name, "asdf asdf", "VA021")


@damage("VA021", "TRUE for a long text")
def _(s: Stage) -> Result:
    ref = s.at(s.field("longtext", required=True).name)
    return s.package().put(ref, 't="b"|<v>1</v>'), spot("VA021", ref)
