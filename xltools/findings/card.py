"""The card of a rule that is Python: what it checks, why, what it says; the same shape as a form's own rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xltools.form.model import Level

if TYPE_CHECKING:
    pass

Lang = str
"""zh or en."""


@dataclass(frozen=True, slots=True)
class Card:
    """A rule's page: 检查什么 · 为什么 · 依据 · 怎么改 · 例子, and the sentence of its findings (str.format)."""

    code: str
    level: Level
    name: str
    name_en: str
    what: str
    why: str
    basis: str
    fix: str
    fix_en: str
    example: str
    says: str
    says_en: str
    since: str = "0.1.0"

    def sentence(self, lang: Lang, **values: object) -> str:
        """Return the finding's message: what is there, what is expected, what to do."""
        if lang == "en":
            return f"{self.says_en.format(**values)}. {self.fix_en.format(**values)}"
        return f"{self.says.format(**values)}。{self.fix.format(**values)}"
