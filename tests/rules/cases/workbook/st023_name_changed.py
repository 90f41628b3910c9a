"""ST023: the name of a fixed row, or a unit, was changed; each has a harmless twin, the same cell re-saved."""

from __future__ import annotations

from tests.support.acts import relocked
from tests.support.stage import NotHere, Result, Stage, damage, spot

for _kind in ("name", "unit"):
    relocked(_kind, "ST023")


@damage("ST023", "a column of units replaced alike")
def _(s: Stage) -> Result:
    package = s.package()
    units = sorted(r for r, slot in s.layout.by_cell.items() if slot.role == "unit" and slot.text == "万元")
    first = [ref for ref in units if ref.sheet == units[0].sheet] if units else []
    if len(first) < 10:
        raise NotHere
    for ref in first:
        package.text(ref, "元")
    return package, spot("ST023", first[0])
