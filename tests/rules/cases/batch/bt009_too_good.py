"""What is wrong with a batch that BT009 must tell: a self-evaluation that may be lenient."""

from __future__ import annotations

from tests.support.batches import Batch, Place, batch_damage
from tests.support.stage import first


@batch_damage("BT009", "no problem was met")
def _(b: Batch) -> list[Place]:
    name = b.names()[2]
    item = first(f for f in b.form.fields if f.type == "longtext" and f.required)
    b.files[name][item.name] = "无"
    return [b.at("BT009", name)]
