"""Sentences at which NA022 speaks: a product that is written out comes to something else; and their silent twins."""

from __future__ import annotations

from tests.support.text_cases import text

text(
    "NA022",
    fires="补助标准为140×300+96×500=10.00万元。",
    silent="补助标准为140×300+96×500=9.00万元。",
    holds="90000",
)
