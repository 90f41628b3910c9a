"""Sentences at which NA012 speaks: doubled or clashing punctuation; and their silent twins."""

from __future__ import annotations

from tests.support.text_cases import SENTENCE, change

change("NA012", SENTENCE, "按年度计划，，完成各项重点工作。")
