"""What is wrong with a batch that BT007 must tell: most figures are those of another department."""

from __future__ import annotations

import copy

from tests.support.batches import Batch, NotHere, Place, batch_damage
from xltools.intake.columns import APPROVED


@batch_damage("BT007", "figures of another department")
def _(b: Batch) -> list[Place]:
    one, other = b.names()[0], b.names()[7]
    own = b.files[other]
    kept = {b.form.code_field, b.form.name_field}
    b.files[other] = copy.deepcopy(b.files[one]) | {name: own[name] for name in kept}
    b.continue_from_last_year(other)
    _roster_follows(b, other)
    return [b.at("BT007", one), b.at("BT007", other)]


@batch_damage("BT007", "the roster tells the copy")
def _(b: Batch) -> list[Place]:
    one, other = b.names()[0], b.names()[7]
    own, budget = b.files[other], b.form.budget_field
    if budget is None or any(f.roster and f.numeric for f in b.form.fields):
        raise NotHere
    for name in b.names():
        b.line(name)[APPROVED] = b.own(name, budget)
    kept = {b.form.code_field, b.form.name_field}
    b.files[other] = copy.deepcopy(b.files[one]) | {name: own[name] for name in kept}
    b.continue_from_last_year(other)
    return [b.at("BT007", other)]


def _roster_follows(b: Batch, name: str) -> None:
    line = b.line(name)
    for item in b.form.fields:
        if item.roster in line and item.numeric:
            line[item.roster] = b.own(name, item.name)
