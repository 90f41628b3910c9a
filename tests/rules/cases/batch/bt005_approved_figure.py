"""What is wrong with a batch that BT005 must tell: the approved figure is not the roster's."""

from __future__ import annotations

from tests.support.batches import Batch, Place, batch_damage


@batch_damage("BT005", "the roster's figure is another")
def _(b: Batch) -> list[Place]:
    item, name = b.approved(), b.names()[5]
    line = b.line(name)
    line[item.roster] = round(line[item.roster] + 12.5, 2)
    return [b.at("BT005", name, item.name)]
