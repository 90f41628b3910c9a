"""Sentences at which NA024 speaks: words say the opposite of the figures beside them; and their silent twins."""

from __future__ import annotations

from tests.support.text_cases import text

text(
    "NA024",
    fires="年初预算为7.00万元，支出决算为9.00万元。决算数小于预算数的主要原因是节约。",
    silent="年初预算为7.00万元，支出决算为9.00万元。决算数大于预算数的主要原因是追加。",
    holds="9.00万元",
)
