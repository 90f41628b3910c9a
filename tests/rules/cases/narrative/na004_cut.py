"""Sentences at which NA004 speaks: a figure or rate was cut off instead of rounded; and their silent twins."""

from __future__ import annotations

from tests.support.text_cases import change, text

text(
    "NA004",
    fires="支出合计3000.00万元，其中：甲2000.00万元，占66.66%；乙1000.00万元，占33.33%。",
    silent="支出合计3000.00万元，其中：甲2000.00万元，占66.67%；乙1000.00万元，占33.33%。",
    holds="66.67%",
    level="notice",
)
change("NA004", "完成预算的96.75%", "完成预算的96.74%")
