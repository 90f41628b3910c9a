"""Sentences at which NA026 speaks: a figure is missing, or its unit is; and their silent twins."""

from __future__ import annotations

from tests.support.text_cases import text

text(
    "NA026",
    fires="收入比上年增长13.95。",
    silent="收入比上年增长13.95%。",
    holds="13.95",
    level="notice",
)
