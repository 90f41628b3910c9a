"""Damages that ST018 must tell: content on the form's sheets where the form has none."""

from __future__ import annotations

from tests.support.acts import sheets_of
from tests.support.stage import Result, Stage, damage, spot
from xltools.form.address import Ref


def _outside(kind: str) -> None:
    @damage("ST018", f"text on a {kind} sheet")
    def apply(s: Stage) -> Result:
        ref = Ref(sheets_of(s, kind)[-1], 6, 40)
        return s.package().text(ref, "测算过程见附表"), spot("ST018", ref)


for _kind in ("data", "checks", "guide"):
    _outside(_kind)


@damage("ST018", "number below the form")
def _(s: Stage) -> Result:
    ref = Ref(sheets_of(s, "data")[0], 400, 2)
    return s.package().number(ref, 88.5), spot("ST018", ref)
