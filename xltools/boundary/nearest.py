"""The nearest known word to a mistyped one, for messages."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from xltools.bilingual import Pair, same

LONGEST = 200
"""Characters of a word that is still compared: what is longer is no slip of one of ours."""


def closest(word: str, known: Iterable[str]) -> str:
    """Return the nearest known word, or nothing where none is near."""
    if len(word) > LONGEST:
        return ""
    return next(iter(get_close_matches(word, list(known), n=1, cutoff=0.5)), "")


def nearest(word: str, known: Iterable[str]) -> Pair:
    """Return “，是否应为…” for the nearest known word, or nothing."""
    close = closest(word, known)
    return Pair(f"，是否应为“{close}”", f"; did you mean “{close}”?") if close else same("")
