"""Sentences at which NA030 speaks: words stand twice; and their silent twins."""

from __future__ import annotations

from tests.support.text_cases import text

text(
    "NA030",
    fires="服务对象对象满意。",
    silent="服务对象满意。",
    holds="对象对象",
    level="notice",
)
