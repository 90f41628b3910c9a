"""Sentences at which NA008 speaks: a figure's unit is not the workbook's (元 for 万元); and their silent twins."""

from __future__ import annotations

from tests.support.text_cases import change

change("NA008", "支出总额1250.00万元", "支出总额1250.00元")
