"""IN011: the file is in a format that carries less; said once, with the checks that could not be made."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.form.address import Ref
from xltools.review.examined import Examined
from xltools.review.findings import Finding
from xltools.review.intake_cards import CARRIES_LESS, kind_words

CARD = CARRIES_LESS
_CHECKS = 5
"""The kinds of check its sentence names."""


def find(it: Examined) -> Iterator[Finding]:
    """Yield one finding for a workbook that is no .xlsx."""
    sub = it.submission
    if sub.lacks:
        yield it.say(CARD, Ref("", 0, 0), "", detail=kind_words(sub.format, it.lang), count=_CHECKS)
