"""What is wrong with a batch that BT016 must tell: the file's name is another department's."""

from __future__ import annotations

from tests.support.batches import Batch, Place, batch_damage


@batch_damage("BT016", "two files under each other's names")
def _(b: Batch) -> list[Place]:
    one, other = b.names()[1], b.names()[6]
    name = b.form.name_field
    first, second = (f"{b.own(n, name)}.xlsx" for n in (one, other))
    b.files[second], b.files[first] = b.files.pop(one), b.files.pop(other)
    b.last[second], b.last[first] = b.last.pop(one), b.last.pop(other)
    return [b.at("BT016", second), b.at("BT016", first)]
