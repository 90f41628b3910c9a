"""What is wrong with a batch that BT013 must tell: a workbook that is mostly last year's."""

from __future__ import annotations

import copy

from tests.support.batches import Batch, Place, batch_damage
from tests.support.stage import first


@batch_damage("BT013", "last year's workbook again")
def _(b: Batch) -> list[Place]:
    name = b.names()[0]
    b.last[name] = copy.deepcopy(b.files[name])
    b.continue_from_last_year(name)
    item = first(f for f in b.form.fields if f.type == "longtext" and f.required)
    b.last[name][item.name] = "去年写的另一段话。"
    return [b.at("BT013", name)]
