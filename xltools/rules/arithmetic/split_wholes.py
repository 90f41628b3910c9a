"""A whole whose two parts stand in sentences of their own: 基本支出 a 万元，其中：人员经费 b 万元，主要包括…。公用经费 c 万元."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache

from xltools.form.words import shared_words
from xltools.intake.narrative.facts.figures import Figure, Passage, Sentence
from xltools.intake.narrative.facts.lists import OPENER
from xltools.rules.arithmetic.verdicts import TINY, Discrepancy, discrepancy, shown

_NEXT = 3
_CENT = Decimal(100)


def split_wholes(passages: Sequence[Passage]) -> Iterator[Discrepancy]:
    """Yield the totals that their two known parts, told in two sentences, do not make."""
    flat = [s for p in passages for s in p.sentences]
    for place, sentence in enumerate(flat):
        for patterns in _pairs() if len(sentence.figures) > 1 else ():
            found = _judge(sentence, flat[place + 1 : place + 1 + _NEXT], patterns)
            if found is not None:
                yield found


@cache
def _pairs() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    wholes = [w.parts for w in shared_words().whole if len(w.parts) == 2]
    return tuple((re.compile(rf"^(?:{a})$"), re.compile(rf"^(?:{b})$")) for a, b in wholes)


def _judge(
    sentence: Sentence, behind: Sequence[Sentence], patterns: tuple[re.Pattern[str], re.Pattern[str]]
) -> Discrepancy | None:
    head, part = sentence.figures[-2:] if len(sentence.figures) == 2 else (None, None)
    if head is None or part is None or not _alike(head, part) or not patterns[0].search(part.scope.subject):
        return None
    opened = OPENER.search(sentence.passage.text, head.end, part.start)
    other = next((f for s in behind for f in s.figures[:1] if patterns[1].search(f.scope.subject)), None)
    if opened is None or other is None or not _alike(head, other) or other.word_start != other.sentence.span.start:
        return None
    finest = max((head, part, other), key=lambda f: f.number.decimals)
    gap = head.amount - part.amount - other.amount
    if abs(gap) <= head.slack + part.slack + other.slack + TINY or abs(gap) < _CENT:
        return None
    return discrepancy("sum", head, shown(part.amount + other.amount, finest), (head, part, other), "confirm")


def _alike(one: Figure, other: Figure) -> bool:
    plain = all(f.function == "amount" and f.number.exact and f.kind == "money" for f in (one, other))
    return plain and one.number.unit == other.number.unit and other.scope.stage in ("", one.scope.stage)
