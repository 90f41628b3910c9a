"""Damages that ST006 must tell: a value that the bureau prefilled and locked was changed."""

from __future__ import annotations

from tests.support.acts import meta_cell
from tests.support.damage import Package
from tests.support.forms import room
from tests.support.stage import Result, Stage, damage, first, spot
from xltools.intake.roster import Department
from xltools.writing.department.make import workbook


def _prefilled(s: Stage, name: str, sent: object) -> Result:
    """The workbook was prefilled with `sent`; the department changed it and recalculated."""
    row: dict[str, str | int | float] = {}
    for item in s.form.fields:
        if item.roster and s.values.get(item.name) not in (None, ""):
            row[item.roster] = s.values[item.name]
    code, said = (str(s.values[n]) for n in (s.form.code_field, s.form.name_field))
    data = workbook(room(), s.form, s.values, Department(code, said, values=row))
    package, cell = Package(data), meta_cell(s, f"预填:{name}", data)
    changed = package.text(cell, sent) if isinstance(sent, str) else package.number(cell, float(str(sent)))
    return changed, spot("ST006", s.at(name))


@damage("ST006", "name")
def _(s: Stage) -> Result:
    return _prefilled(s, s.form.name_field, "另一个部门")


@damage("ST006", "code")
def _(s: Stage) -> Result:
    return _prefilled(s, s.form.code_field, "999999")


@damage("ST006", "approved amount")
def _(s: Stage) -> Result:
    item = first(f for f in s.form.fields if f.roster and f.locked and s.values.get(f.name))
    sent = s.values[item.name]
    s.values[item.name] = round(sent - 12.5, 2)
    return _prefilled(s, item.name, sent)
