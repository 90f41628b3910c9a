"""Damages that VA017 must tell: the figures of a text in the workbook contradict each other."""

from __future__ import annotations

from tests.support.acts import set_field
from tests.support.stage import NotHere, Result, Stage, damage, spot
from xltools.form.layout import Key

TEXTS = {
    "share in a text": "全年支出合计200.00万元，其中：培训50.00万元，占35.00%；会议150.00万元，占75.00%。",
    "completion of what the sentence before gave": "全年安排培训经费60.00万元。截至年底已支付45.00万元，预算执行率85.00%。",
    "a change that two years do not make": "2023年培训费45.00万元，2022年60.00万元，减少25.00万元。",
    "a list with its total": "印发手册：3月1200份，6月800份，9月500份，合计2600份",
    "an addition": "三批资金 30+30+29.99=98.99（万元）",
}


def _contradicting(kind: str, text: str) -> None:
    @damage("VA017", kind)
    def apply(s: Stage) -> Result:
        return set_field(s, s.field("longtext").name, text, "VA017")


for _kind, _text in TEXTS.items():
    _contradicting(_kind, _text)


@damage("VA017", "a list beside the row's actual")
def _(s: Stage) -> Result:
    for measured in s.form.indicators:
        table = s.form.table(measured.table)
        for index, row in s.rows(table):
            if (
                isinstance(row.get(measured.target), int | float)
                and row.get(measured.direction) == "≥"
                and table.reason_column
            ):
                row |= {measured.target: 95, measured.actual: 89.97, table.reason_column: "分三次完成：30；30；29.99"}
                row[measured.unit] = "户次"
                return None, spot("VA017", s.layout.cells[Key(table.name, index, table.reason_column)])
    raise NotHere
