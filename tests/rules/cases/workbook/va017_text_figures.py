"""Damages that VA017 must tell: the figures of a text in the workbook contradict each other."""

from __future__ import annotations

from tests.support.acts import set_field
from tests.support.stage import Result, Stage, damage


@damage("VA017", "share in a text")
def _(s: Stage) -> Result:
    text = "全年支出合计200.00万元，其中：培训50.00万元，占35.00%；会议150.00万元，占75.00%。"
    return set_field(s, s.field("longtext").name, text, "VA017")
