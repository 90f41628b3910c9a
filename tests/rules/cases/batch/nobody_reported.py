"""A department that did not report is named as missing."""

from __future__ import annotations

from tests.support.batches import Batch, Place, batch_damage


@batch_damage("", "a department did not report")
def _(b: Batch) -> list[Place]:
    del b.files[b.names()[1]]
    return []
