"""Sentences at which NA005 speaks: a rate was taken of another base than the one named; and their silent twins."""

from __future__ import annotations

from tests.support.text_cases import change, text

text(
    "NA005",
    fires="年初预算为1100.00万元，调整后预算数为1230.00万元，支出决算为1190.00万元，完成年初预算的96.75%。",
    silent="年初预算为1100.00万元，调整后预算数为1230.00万元，支出决算为1190.00万元，完成年初预算的108.18%。",
    holds="1230.00万元",
)
change("NA005", "完成预算的96.75%", "完成预算的108.18%")
