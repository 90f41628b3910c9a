"""Short texts under the arithmetic: what it says of sentences made up for a test."""

from __future__ import annotations

from xltools.intake.narrative.facts.figures import Figure, Line, Passage, read_passages
from xltools.rules.arithmetic.check import contradictions
from xltools.rules.arithmetic.verdicts import Discrepancy


def passages(*paragraphs: str) -> list[Passage]:
    """Paragraphs as passages; one that begins with # is a heading."""
    above: tuple[str, ...] = ()
    read = []
    for text in paragraphs:
        if text.startswith("#"):
            above = (text[1:],)
            read.append(Line(text[1:], True, above))
        else:
            read.append(Line(text, False, above))
    return read_passages(read)


def figures(*paragraphs: str) -> list[Figure]:
    """All figures of the paragraphs."""
    return [f for p in passages(*paragraphs) for f in p.figures]


def said(*paragraphs: str, year: str = "") -> list[Discrepancy]:
    """What the arithmetic finds."""
    return contradictions(passages(*paragraphs), year)


def brief(*paragraphs: str, year: str = "") -> list[tuple[str, str, str, str]]:
    """What it finds, as (kind, level, stated, recomputed)."""
    return [(d.kind, d.level, d.stated, d.recomputed) for d in said(*paragraphs, year=year)]
