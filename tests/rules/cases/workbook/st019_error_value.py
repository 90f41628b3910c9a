"""Damages that ST019 must tell: an error value (#REF!, #DIV/0! …) in an input or a computed cell."""

from __future__ import annotations

from tests.support.stage import Result, Stage, damage, spot


def _error(kind: str) -> None:
    @damage("ST019", kind)
    def apply(s: Stage) -> Result:
        ref = s.at(s.field(kind).name)
        return s.package().error(ref), spot("ST019", ref)


for _kind in ("amount", "integer", "longtext"):
    _error(_kind)


@damage("ST019", "open row number")
def _(s: Stage) -> Result:
    ref = s.cell("number", open_=True)[1]
    return s.package().error(ref, "#DIV/0!"), spot("ST019", ref)


@damage("ST019", "computed cell shows an error")
def _(s: Stage) -> Result:
    ref = s.computed_field()
    return s.package().shows_error(ref), spot("ST019", ref)
