"""What is wrong with a batch that BT008 must tell: the scores of the whole batch look inflated."""

from __future__ import annotations

from tests.support.batches import POOR, Batch, Place, batch_damage


@batch_damage("BT008", "nobody lost the top grade")
def _(b: Batch) -> list[Place]:
    poor, many_rows = b.names()[POOR], b.names()[5]  # many rows miss many targets
    b.files[poor] = b.made_good(poor)
    b.roster.remove(b.line(many_rows))
    del b.files[many_rows]
    return [b.at("BT008", "")]
