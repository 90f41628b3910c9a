"""Sentences at which NA020 speaks: totals of income and expenditure are not equal, or are not what the year and the carry-over make; and their silent twins."""

from __future__ import annotations

from tests.support.text_cases import text

text(
    "NA020",
    fires="收入总计41.50万元，支出总计43.90万元。",
    silent="收入总计43.90万元，支出总计43.90万元。",
    holds="41.50",
)
