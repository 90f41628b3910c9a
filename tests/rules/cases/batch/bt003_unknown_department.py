"""What is wrong with a batch that BT003 must tell: a department that the roster does not know."""

from __future__ import annotations

from tests.support.batches import Batch, Place, batch_damage


@batch_damage("BT003", "a code and name the roster does not know")
def _(b: Batch) -> list[Place]:
    gone = b.names()[4]
    b.roster.remove(b.line(gone))
    return [b.at("BT003", gone)]
