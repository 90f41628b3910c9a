"""Sentences at which NA007 speaks: the grade of the narrative is not the workbook's; and their silent twins."""

from __future__ import annotations

from tests.support.text_cases import change, text

text(
    "NA007",
    fires="自评得分88.00分，评价等级为“优”。",
    silent="自评得分92.00分，评价等级为“优”。",
    holds="“良”",
)
change("NA007", "绩效评级为“优”", "绩效评级为“良”")
