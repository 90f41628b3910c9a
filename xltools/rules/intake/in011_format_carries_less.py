"""IN011: the file is in a format that carries less; said once, with the checks that could not be made."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.findings.finding import Finding
from xltools.form.address import Ref
from xltools.rules.context import RuleContext
from xltools.rules.intake.cards import CARRIES_LESS, kind_words

CARD = CARRIES_LESS
_CHECKS = 5
"""The kinds of check its sentence names."""


def find(ctx: RuleContext) -> Iterator[Finding]:
    """Yield one finding for a workbook that is no .xlsx."""
    sub = ctx.submission
    if sub.lacks:
        yield ctx.say(CARD, Ref("", 0, 0), "", detail=kind_words(sub.format, ctx.lang), count=_CHECKS)
