"""What is wrong with a batch that BT006 must tell: departments of different names use one code."""

from __future__ import annotations

from tests.support.batches import Batch, Place, batch_damage


@batch_damage("BT006", "another department's code")
def _(b: Batch) -> list[Place]:
    one, other = b.names()[0], b.names()[6]
    b.files[other][b.form.code_field] = b.own(one, b.form.code_field)
    return [b.at("BT006", one), b.at("BT006", other)]
