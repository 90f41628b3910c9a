"""Sentences at which NA003 speaks: a share or a rate of completion does not follow from the figures that the text names; and their silent twins."""

from __future__ import annotations

from tests.support.text_cases import SENTENCE, change, text

text(
    "NA003",
    fires="年初预算为80.00万元，支出决算为60.00万元，完成年初预算的85.00%。",
    silent="年初预算为80.00万元，支出决算为60.00万元，完成年初预算的75.00%。",
    holds="60.00万元 ÷ 80.00万元 = 75.00%",
)
change("NA003", SENTENCE, "全年安排专项资金200.00万元，已支付专项资金100.00万元，占专项资金的60%。")
change("NA003", SENTENCE, "会议费总额200.00万元，培训费50.00万元，占会议费总额的35%。")
