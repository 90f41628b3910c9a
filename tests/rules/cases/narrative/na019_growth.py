"""Sentences at which NA019 speaks: a change or a rate of growth does not follow from the figure and the one before it; and their silent twins."""

from __future__ import annotations

from tests.support.text_cases import text

text(
    "NA019",
    fires="支出总计110.00万元。与上年相比，支出总计增加10.00万元，增长9.09%。",
    silent="支出总计110.00万元。与上年相比，支出总计增加10.00万元，增长10.00%。",
    holds="10.00%",
)
