"""Sentences at which NA006 speaks: the same fact is told twice with different figures; and their silent twins."""

from __future__ import annotations

from tests.support.text_cases import SENTENCE, change, text

text(
    "NA006",
    fires="机关运行经费支出62.70万元。2023年度机关运行经费支出67.20万元。",
    silent="机关运行经费支出62.70万元。2022年度机关运行经费支出67.20万元。",
    holds="62.70万元",
)
change(
    "NA006", SENTENCE, "全年共报送工作信息稿件538篇。全年共向省市报送信息稿件538篇，全年共向省市报送信息稿件1546篇。"
)
