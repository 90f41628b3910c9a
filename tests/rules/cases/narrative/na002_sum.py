"""Sentences at which NA002 speaks: the parts that a text lists under a total do not add up to it; and their silent twins."""

from __future__ import annotations

from tests.support.text_cases import change, text

text(
    "NA002",
    fires="支出合计300.00万元，其中：基本支出200.00万元，项目支出110.00万元。",
    silent="支出合计300.00万元，其中：基本支出200.00万元，项目支出100.00万元。",
    holds="310.00万元",
)
change(
    "NA002", "人员经费620.50万元，公用经费189.50万元", "人员经费620.50万元，其他人员费100.00万元，公用经费189.50万元"
)
