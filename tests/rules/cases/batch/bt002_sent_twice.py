"""What is wrong with a batch that BT002 must tell: one department sent several workbooks of a round that differ."""

from __future__ import annotations

import copy

from tests.support.batches import Batch, Place, batch_damage
from tests.support.stage import first


@batch_damage("BT002", "two files that differ")
def _(b: Batch) -> list[Place]:
    name = b.names()[2]
    other = name.replace(".xlsx", "（最终版2）.xlsx")
    b.files[other] = copy.deepcopy(b.files[name])
    item = first(f for f in b.form.fields if f.type == "longtext" and b.own(name, f.name))
    b.files[other][item.name] = "按年度计划推进，个别项目进度偏慢。"
    return [b.at("BT002", name), b.at("BT002", other), b.at("IN015", name)]
