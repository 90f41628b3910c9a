"""Sentences at which NA010 speaks: the narrative is of another year, in its title or where it tells this year's figures; and their silent twins."""

from __future__ import annotations

from tests.support.text_cases import change

change("NA010", "2023年度示例部门", "2022年度示例部门")
change("NA010", "2023年度本部门支出总额", "2022年度本部门支出总额")
change("NA010", "2023年度部门整体支出绩效自评评分表", "2021年度部门整体支出绩效自评评分表")
