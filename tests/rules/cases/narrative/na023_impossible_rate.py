"""Sentences at which NA023 speaks: a rate that cannot be: of nothing, of all and more, or 0 % of what was spent; and their silent twins."""

from __future__ import annotations

from tests.support.text_cases import text

text(
    "NA023",
    fires="年初预算为0万元，支出决算为6.00万元，完成年初预算的95.89%。",
    silent="年初预算为0万元，支出决算为6.00万元。",
    holds="基数为 0",
)
text(
    "NA023",
    fires="公务接待费支出决算为2.00万元，完成预算的0%。",
    silent="公务接待费支出决算为0万元，完成预算的0%。",
    holds="已有支出",
)
text(
    "NA023",
    fires="甲类支出占比112.00%。",
    silent="甲类支出占比12.00%。",
    holds="大于 100%",
)
