"""Breaks a title into lines as official documents do: no word is cut, and no single character is left on a line."""

from __future__ import annotations

from collections.abc import Iterator

FULL = 20
"""Characters of 二号 type in a line of 156 mm."""
LEAST = 3
"""Characters of a line that does not look left behind."""
_BODIES = ("委员会", "办公室", "政府", "法院", "检察院", "会议", "中心", "局", "厅")
_PLACES = ("省", "市", "区", "县", "镇", "街道")
"""Words after which a department's name may be broken: better behind a body than behind a place."""


def width(text: str) -> float:
    """Return how many Chinese characters a text is wide."""
    return sum(1.0 if ord(ch) > 0x2E7F or ch in "“”‘’—…" else 0.5 for ch in text)


def title_lines(whose: str, what: str) -> list[str]:
    """Return the lines of a title: whose report and what report, a line each; where whose is too long for one, broken
    behind a word of it, its end before what where both fit."""
    if width(whose) <= FULL:
        return [whose, what]
    together = [[a, b + what] for a, b in _halves(whose) if width(b + what) <= FULL]
    apart = [[a, b, what] for a, b in _halves(whose) if width(b) <= FULL]
    if together or apart:
        return min(
            together or apart, key=lambda lines: (lines[0].endswith(_PLACES), abs(width(lines[0]) - width(lines[1])))
        )
    lines = -(-len(whose) // FULL)
    size = -(-len(whose) // lines)
    return [*(whose[at : at + size] for at in range(0, len(whose), size)), what]


def _halves(text: str) -> Iterator[tuple[str, str]]:
    """Yield the ways of breaking a text in two behind a word, the first fitting a line."""
    for at in range(LEAST, len(text)):
        first, rest = text[:at], text[at:]
        if first.endswith((*_BODIES, *_PLACES)) and width(first) <= FULL and width(rest) >= LEAST:
            yield first, rest
