"""Sentences at which NA027 speaks: a quotation mark or bracket has no partner; and their silent twins."""

from __future__ import annotations

from tests.support.text_cases import text

text(
    "NA027",
    fires="本局（含下属中心共有三个科室。",
    silent="本局（含下属中心）共有三个科室。",
    holds="（含下属中心",
    level="notice",
)
