"""Everything a text's own figures say against each other: the kinds of claim in one pass, each figure told once."""

from __future__ import annotations

from collections.abc import Sequence

from xltools.intake.narrative.facts.figures import Passage
from xltools.intake.narrative.facts.known import Known
from xltools.intake.narrative.facts.lists import listings
from xltools.rules.arithmetic.attained import named_rates
from xltools.rules.arithmetic.balances import balances, counts, left_over, products
from xltools.rules.arithmetic.closings import closing_totals
from xltools.rules.arithmetic.completion import completions, habits
from xltools.rules.arithmetic.growth import bare_growths, differences, growths
from xltools.rules.arithmetic.implied import implied
from xltools.rules.arithmetic.persons import grades, persons
from xltools.rules.arithmetic.proportions import proportions
from xltools.rules.arithmetic.repeats import repeats
from xltools.rules.arithmetic.settlement import settlements
from xltools.rules.arithmetic.shares import shares
from xltools.rules.arithmetic.sources import by_source
from xltools.rules.arithmetic.split_wholes import split_wholes
from xltools.rules.arithmetic.sums import sums
from xltools.rules.arithmetic.surveys import surveys
from xltools.rules.arithmetic.unit_prices import unit_prices
from xltools.rules.arithmetic.verdicts import Discrepancy
from xltools.rules.arithmetic.wording import wordings


def contradictions(passages: Sequence[Passage], year: str = "") -> list[Discrepancy]:
    """Return what does not follow, in reading order; what a text repeats word for word is told once."""
    known = Known(passages)
    lists = listings(passages)
    found = [
        *completions(passages, known),
        *habits(passages),
        *growths(passages),
        *bare_growths(passages),
        *shares(passages, lists),
    ]
    summed = list(sums(lists, passages))
    found += [*summed, *closing_totals(passages, {(one.passage, one.end) for one in summed})]
    found += [*wordings(passages, known), *repeats(passages, year), *by_source(passages, lists)]
    found += [*differences(passages), *persons(passages), *grades(passages)]
    found += [
        *balances(passages, known),
        *counts(passages),
        *products(passages),
        *left_over(passages),
        *named_rates(passages),
        *split_wholes(passages),
        *settlements(passages),
        *unit_prices(passages),
        *surveys(passages),
        *proportions(passages),
        *implied(lists),
    ]
    once: dict[tuple[object, ...], Discrepancy] = {}
    for one in sorted(found, key=lambda d: (d.passage, d.start, d.end)):
        words = "" if one.recomputed else one.quote
        once.setdefault((one.kind, one.stated, one.recomputed, words, *((s.value, s.unit) for s in one.sources)), one)
    return list(once.values())
