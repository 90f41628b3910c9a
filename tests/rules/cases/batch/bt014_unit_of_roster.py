"""What is wrong with a batch that BT014 must tell: the budget is the roster's figure in another unit."""

from __future__ import annotations

from tests.support.batches import Batch, NotHere, Place, batch_damage
from xltools.intake.columns import APPROVED


def _other_unit(kind: str, factor: float) -> None:
    @batch_damage("BT014", kind)
    def apply(b: Batch) -> list[Place]:
        """The roster alone has the figure: where the workbook bears it, the workbook shows the unit by itself."""
        name, budget = b.names()[4], b.form.budget_field
        if budget is None or any(f.roster == APPROVED for f in b.form.fields):
            raise NotHere
        values = b.files[name]
        for every in b.names():
            b.line(every)[APPROVED] = b.own(every, budget)
        for item in b.form.fields:
            if item.type == "amount" and item.is_input and isinstance(values.get(item.name), int | float):
                values[item.name] = round(values[item.name] * factor, 2) if item.required else None
                b.last[name][item.name] = values[item.name]
        return [b.at("BT014", name, budget)]


for _kind, _factor in (("yuan", 10_000), ("thousands", 10)):
    _other_unit(_kind, _factor)
