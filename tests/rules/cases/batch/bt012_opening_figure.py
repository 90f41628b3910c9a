"""What is wrong with a batch that BT012 must tell: an opening figure that is not last year's closing one."""

from __future__ import annotations

from tests.support.batches import Batch, NotHere, Place, batch_damage


@batch_damage("BT012", "last year closed with another figure")
def _(b: Batch) -> list[Place]:
    item, name = b.opening(), b.names()[1]
    closing = b.own(name, item.name)
    if not isinstance(closing, int | float):
        raise NotHere
    b.last[name][item.previous or ""] = round(closing + 4.2, 2)
    return [b.at("BT012", name, item.name)]
