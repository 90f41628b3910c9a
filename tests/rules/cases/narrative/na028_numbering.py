"""Sentences at which NA028 speaks: the numbers of sections skip one or repeat one; and their silent twins."""

from __future__ import annotations

from tests.support.text_cases import text

text(
    "NA028",
    fires="有关数字见附表。\n四、其他事项\n没有其他事项。",
    silent="有关数字见附表。\n三、其他事项\n没有其他事项。",
    holds="四、",
    level="notice",
)
