"""How a form's rules stand over a filling: in the workbook's own 校验, and after the whole check."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xltools.findings.report import Checked
from xltools.form import model as m
from xltools.form.address import Ref
from xltools.form.layout import CheckColumn
from xltools.intake.open import load_bytes
from xltools.recalc.workspace import Workspace
from xltools.review.answers import explain
from xltools.review.one_workbook import check_submission
from xltools.writing.department.inputs import capacities_for, cell_values


class Standing:
    """The states that 校验 shows over one filling."""

    def __init__(self, form: m.Form, room: Workspace, values: Mapping[str, Any]) -> None:
        self.form = form
        self.layout = room.layout(form, capacities_for(form, values))
        model, _ = room.model(self.layout)
        self.found = model.evaluate(cell_values(self.layout, values))

    def state(self, rule: m.Rule, row: int = 0) -> object:
        """Return a rule's state; of a rule on the rows of a table, that of one row."""
        if rule.table is None:
            return self.found.get(self.layout.check(rule.code, CheckColumn.STATE))
        span = self.layout.spans[rule.table, rule.code]
        return self.found.get(Ref(span.sheet, span.first + row, span.column))

    @property
    def broken(self) -> frozenset[str]:
        """The codes of the rules that 校验 shows as broken."""
        lines = ((r.code, self.found.get(self.layout.check(r.code, CheckColumn.STATE))) for r in self.form.rules)
        return frozenset(code for code, state in lines if state in m.FIRES)


def checked(data: bytes, room: Workspace, shown: str) -> Checked:
    """Return what the whole check says of a filling's workbook by itself."""
    result = check_submission(load_bytes(data, shown, room), room)
    explain(result)
    return result


def told(data: bytes, room: Workspace) -> frozenset[str]:
    """Return the codes of all that the whole check says of a workbook and that is not explained."""
    return frozenset(f.code for f in checked(data, room, "").findings if f.is_open)
