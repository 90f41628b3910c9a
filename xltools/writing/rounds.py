"""How rounds are called: as in the names of the return copies, so that sheets and files say the same."""

from __future__ import annotations


def round_words(number: int) -> str:
    """Return what a workbook's round is called: the first sending, or after which return it came."""
    return f"退回{number}" if number else "初次"


def returned_suffix(number: int) -> str:
    """Return the end of a return copy's file name."""
    return f"_{round_words(number)}"
