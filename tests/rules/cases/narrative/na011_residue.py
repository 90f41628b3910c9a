"""Sentences at which NA011 speaks: residue of the template is left in the text; and their silent twins."""

from __future__ import annotations

from tests.support.text_cases import SENTENCE, change

change("NA011", SENTENCE, "按年度计划完成各项重点工作（200字以内）。")
change("NA011", SENTENCE, "比上年下降（增长）完成各项重点工作。")
change("NA011", SENTENCE, "错误!未定义书签。")
