"""Damages that VA017 must tell: the figures of a text in the workbook contradict each other."""

from __future__ import annotations

from tests.support.acts import set_field
from tests.support.stage import NotHere, Result, Stage, damage, first, spot
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


def _points(kind: str, text: str, told: bool) -> None:
    @damage("VA017", kind)
    def apply(s: Stage) -> Result:
        table = first(t for t in s.form.tables if t.is_fixed and t.score_column and t.weight_column and t.reason_column)
        for index, row in s.rows(table):
            weight = table.rows[index][table.weight_column]
            if isinstance(row.get(table.score_column), int | float) and weight >= 2:
                row |= {table.score_column: weight - 1, table.reason_column: text}
                ref = s.layout.cells[Key(table.name, index, table.reason_column)]
                return (None, spot("VA017", ref)) if told else (None,)
        raise NotHere


_points("points that the score does not lack", "台账不全，扣0.5分", told=True)
_points("points that the score lacks (not told)", "台账不全扣0.4分，公开迟缓扣0.6分", told=False)
_points("points of the rule (not told)", "按规定每缺一项扣0.5分，缺两项", told=False)
