"""What is wrong with a batch that BT004 must tell: one department sent the same workbook twice."""

from __future__ import annotations

from tests.support.batches import Batch, Place, batch_damage


@batch_damage("BT004", "the same file twice")
def _(b: Batch) -> list[Place]:
    name = b.names()[1]
    twin = name.replace(".xlsx", " - 副本.xlsx")
    b.twins[twin] = name
    return [b.at("BT004", name), b.at("IN015", name)]  # the copy's name comes first
