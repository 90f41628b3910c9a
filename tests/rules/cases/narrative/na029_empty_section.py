"""Sentences at which NA029 speaks: a heading has nothing under it; and their silent twins."""

from __future__ import annotations

from tests.support.text_cases import text

text(
    "NA029",
    fires="有关数字见附表。\n（一）绩效管理情况\n三、其他事项\n没有其他事项。",
    silent="有关数字见附表。\n（一）绩效管理情况\n已开展。\n三、其他事项\n没有其他事项。",
    holds="绩效管理情况",
    level="notice",
)
