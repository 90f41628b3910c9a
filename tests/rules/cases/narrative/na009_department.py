"""Sentences at which NA009 speaks: the narrative's title names another department; and their silent twins."""

from __future__ import annotations

from tests.support.text_cases import change

change("NA009", "示例部门", "示例区水务局")
