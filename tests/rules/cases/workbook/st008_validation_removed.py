"""Damages that ST008 must tell: a drop-down or an input limit of the template was removed."""

from __future__ import annotations

from tests.support.stage import Result, Stage, damage, spot
from xltools.form.address import Ref


@damage("ST008", "a whole sheet")
def _(s: Stage) -> Result:
    ref = s.cell("choice")[1]
    own = [r for k, r in s.layout.cells.items() if k in s.layout.limited and r.sheet == ref.sheet]
    return s.package().without_validations(ref.sheet), spot("ST008", min(own, key=lambda r: (r.column, r.row)))


@damage("ST008", "choice")
def _(s: Stage) -> Result:
    key, ref, _row = s.cell("choice")
    span = s.layout.spans[key.field, key.column]
    return s.package().without_validation_at(ref), spot("ST008", Ref(span.sheet, span.first, span.column))
