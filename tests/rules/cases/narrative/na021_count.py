"""Sentences at which NA021 speaks: a number of things is not the number of those that are named; and their silent twins."""

from __future__ import annotations

from tests.support.text_cases import text

text(
    "NA021",
    fires="内设4个科室，分别为办公室、业务科、财务科。",
    silent="内设3个科室，分别为办公室、业务科、财务科。",
    holds="3",
)
