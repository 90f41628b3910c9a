"""Words against figures: 决算数大于预算数, 与上年持平, a rate of 100 % that is said to be more."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from xltools.intake.narrative.facts.figures import Figure, Passage, Sentence
from xltools.intake.narrative.facts.known import BUDGETS, Known
from xltools.intake.narrative.facts.lists import OPENER
from xltools.rules.arithmetic.verdicts import Discrepancy, discrepancy

_COMPARED = re.compile(
    r"决算数?(?:支出)?(?P<word>大于|小于|高于|低于|超过|超出|少于|多于)(?:年初|全年|调整)?预算数?(?!的?(?:部分|情况|\d))"
)
_SAME = re.compile(
    r"[与和同较比][^，。；]{0,10}预算数?(?:相比)?[，]?(?:基本)?(?:无增减(?:变化)?|无变化|没有变化|持平|一致|相等|相同)"
)
MORE = ("大于", "高于", "超过", "超出", "多于")


def wordings(passages: Sequence[Passage], known: Known) -> Iterator[Discrepancy]:
    """Yield what a passage says in words of its budget and final figure that the figures contradict."""
    for passage in passages:
        for number, sentence in enumerate(passage.sentences):
            for match in _COMPARED.finditer(sentence.text):
                place = sentence.span.start + match.start()
                before = [f for f in sentence.figures if f.start < place]
                if not before and number:
                    before = passage.sentences[number - 1].figures
                found = _judge(sentence, place, match, before)
                if found is not None:
                    yield found
            yield from _unchanged(sentence, known)


def _judge(sentence: Sentence, place: int, match: re.Match[str], before: Sequence[Figure]) -> Discrepancy | None:
    more = match["word"] in MORE
    pair = _pair(before)
    rate = next((f for f in reversed(before) if f.function == "completion" and f.number.exact), None)
    end = sentence.span.start + match.end()
    claim: tuple[Figure, ...] = ()
    if pair is not None and pair[0].kind == pair[1].kind:
        budget, final = pair
        if final.amount == budget.amount or (final.amount > budget.amount) == more:
            return None
        claim = (budget, final)
    elif pair is None and rate is not None and "预算" in rate.base:
        stated = rate.number.value
        if stated != 100 and (stated > 100) == more:
            return None
        claim = (rate,)
    if not claim or any(_apart(f, place) for f in claim):
        return None
    passage = sentence.passage
    quote = passage.evened.quote(claim[0].word_start, end)
    one = discrepancy("completion", claim[-1], "", claim, "confirm", "direction")
    return replace(one, end=end, quote=quote, stated=passage.evened.quote(place, end))


def _unchanged(sentence: Sentence, known: Known) -> Iterator[Discrepancy]:
    """A final figure said to be the budget's, where the budget told is another."""
    for match in _SAME.finditer(sentence.text):
        place = sentence.span.start + match.start()
        if "基本" in match.group():
            continue
        finals = [f for f in sentence.figures if f.end <= place and f.function == "amount" and f.number.exact][-1:]
        if not finals or finals[0].scope.stage not in ("", "final") or _apart(finals[0], place):
            continue
        final = finals[0]
        pair = _pair([f for f in sentence.figures if f.end <= place])
        budget = pair[0] if pair is not None else known.earlier(final, BUDGETS)
        if budget is not None and abs(budget.amount - final.amount) > budget.slack + final.slack:
            one = discrepancy("completion", final, budget.number.raw, (budget, final), "confirm", "direction")
            end = sentence.span.start + match.end()
            quote = sentence.passage.evened.quote(final.word_start, end)
            words = sentence.passage.evened.quote(place, end)
            yield replace(one, end=end, quote=quote, stated=words)


def _pair(before: Sequence[Figure]) -> tuple[Figure, Figure] | None:
    """The last budget and the final figure told behind it, nothing of a list between."""
    amounts = [f for f in before if f.function == "amount" and f.number.exact]
    finals = [f for f in amounts if f.scope.stage == "final"]
    budgets = [f for f in amounts if f.scope.stage in BUDGETS]
    if not finals or not budgets:
        return None
    budget, final = budgets[-1], finals[-1]
    between = budget.sentence.passage.text[min(budget.end, final.end) : max(budget.start, final.start)]
    if "；" in between or OPENER.search(between) or budget.sentence is not final.sentence:
        return None
    return budget, final


def _apart(figure: Figure, place: int) -> bool:
    between = figure.sentence.passage.text[figure.end : place]
    return "；" in between or OPENER.search(between) is not None
