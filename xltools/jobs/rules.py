"""xltools rules: the catalogue, or one rule's page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from xltools.errors import UsageError
from xltools.form.loader import nearest
from xltools.form.model import LEVEL_WORDS
from xltools.jobs.common import workspace
from xltools.review.catalogue import catalogue, page


def run(code: str | None, forms_dir: Path | None, lang: str, **_: Any) -> int:
    """Print the table of all codes, or the page of one."""
    shop = workspace(forms_dir)
    cards = catalogue([shop.form(name) for name in shop.form_ids])
    if code is None:
        for card in cards.values():
            name = card.name if lang == "zh" else card.name_en
            print(f"{card.code}\t{LEVEL_WORDS[card.level] if lang == 'zh' else card.level}\t{name}")
        return 0
    wanted = code.upper()
    if wanted not in cards:
        raise UsageError(f"没有编号为“{code}”的规则{nearest(wanted, cards)}；用 xltools rules 查看全部")
    print(page(cards[wanted], lang))
    return 0
