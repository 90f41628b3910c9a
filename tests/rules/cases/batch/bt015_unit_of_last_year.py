"""What is wrong with a batch that BT015 must tell: all totals are those of last year in another unit."""

from __future__ import annotations

from tests.support.batches import Batch, NotHere, Place, batch_damage


@batch_damage("BT015", "last year in yuan")
def _(b: Batch) -> list[Place]:
    """This year's is right against everything but last year's: the two differ by their unit."""
    name = b.names()[2]
    before = b.last[name]
    given = [n for n in b.form.total_fields if b.own(name, n)]
    if len(given) < 3 or any(item.previous and b.own(name, item.name) for item in b.form.fields):
        raise NotHere
    for field in b.form.total_fields:
        before[field] = round(float(str(b.own(name, field) or 0)) * 10_000)
    return [b.at("BT015", name, given[0])]
