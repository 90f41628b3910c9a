"""Sentences at which NA015 speaks: a part (其中) is larger than its total; and their silent twins."""

from __future__ import annotations

from tests.support.text_cases import SENTENCE, change, text

text(
    "NA015",
    fires="离退休人员13人，其中由基金发放的31人。",
    silent="离退休人员31人，其中由基金发放的13人。",
    holds="31人",
)
change("NA015", SENTENCE, "全年组织培训400人，其中女性480人。")
