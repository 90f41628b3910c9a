"""Sentences at which NA025 speaks: more staff than posts; and their silent twins."""

from __future__ import annotations

from tests.support.text_cases import text

text(
    "NA025",
    fires="核定编制60人，年末在职人员65人。",
    silent="核定编制65人，年末在职人员60人。",
    holds="65人",
)
