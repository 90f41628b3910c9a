"""Sentences at which NA013 speaks: a section that every narrative must have is missing; and their silent twins."""

from __future__ import annotations

from tests.support.text_cases import change

change("NA013", "三、存在的主要问题", "三、其他")
