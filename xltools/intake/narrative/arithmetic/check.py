"""Everything a text's own figures say against each other: the kinds of claim in one pass, each figure told once."""

from __future__ import annotations

from collections.abc import Sequence

from xltools.intake.narrative.arithmetic.balances import balances, counts, products
from xltools.intake.narrative.arithmetic.completion import completions
from xltools.intake.narrative.arithmetic.growth import differences, growths
from xltools.intake.narrative.arithmetic.persons import grades, persons
from xltools.intake.narrative.arithmetic.repeats import repeats
from xltools.intake.narrative.arithmetic.shares import shares
from xltools.intake.narrative.arithmetic.sums import sums
from xltools.intake.narrative.arithmetic.verdicts import Discrepancy
from xltools.intake.narrative.arithmetic.wording import wordings
from xltools.intake.narrative.facts.figures import Passage
from xltools.intake.narrative.facts.known import Known
from xltools.intake.narrative.facts.lists import listings


def contradictions(passages: Sequence[Passage], year: str = "") -> list[Discrepancy]:
    """Return what does not follow, in reading order."""
    known = Known(passages)
    lists = listings(passages)
    found = [*completions(passages, known), *growths(passages), *shares(passages, lists), *sums(lists, passages)]
    found += [*wordings(passages, known), *repeats(passages, year)]
    found += [*differences(passages), *persons(passages), *grades(passages)]
    found += [*balances(passages, known), *counts(passages), *products(passages)]
    return sorted(found, key=lambda d: (d.passage, d.start, d.end))
