"""The same fact twice: subject, stage, year, money and unit alike, figures not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xltools.intake.narrative.facts.evened import ACCOUNT, CLASS, ITEM, SECTION
from xltools.intake.narrative.facts.figures import Figure, Passage, Sentence
from xltools.intake.narrative.facts.known import known_facts, scope_money
from xltools.rules.arithmetic.verdicts import TINY, Discrepancy, discrepancy, one_digit_apart

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})年")
_OPENING = 30


@dataclass(frozen=True, slots=True)
class _Key:
    """What makes two figures the same fact."""

    fact: str
    stage: str
    year: str
    money: str
    kind: str


def repeats(passages: Sequence[Passage], year: str = "") -> Iterator[Discrepancy]:
    """Yield figures that contradict the first telling of the same fact."""
    first: dict[_Key, Figure] = {}
    told: set[_Key] = set()
    for passage in passages:
        yield from _accounts(passage)
        for sentence in passage.sentences:
            for figure in sentence.figures:
                for key in _keys(figure, year):
                    known = first.setdefault(key, figure)
                    if key not in told and not _agree(known, figure):
                        told.add(key)
                        yield _say(known, figure)


def _keys(figure: Figure, year: str) -> Iterator[_Key]:
    told = figure.scope.year or next(iter(_YEAR.findall(figure.sentence.text[:_OPENING])), "") or year
    if year and told != year:
        return
    for name in known_facts(figure):
        stage = {"": "final", "initial": "budget"}.get(figure.scope.stage, figure.scope.stage)
        yield _Key(name, stage, told, scope_money(figure), figure.kind)


def _accounts(passage: Passage) -> Iterator[Discrepancy]:
    """An account's amount told at its name and again as its final figure (行政运行（项）20.04 万元 … 支出决算为 20.04 万元)."""
    named: Figure | None = None
    for sentence in passage.sentences:
        for figure in sentence.figures:
            if figure.function != "amount" or not figure.number.exact or figure.kind != "money":
                continue
            if figure.scope.stage == "" and figure.scope.subject.endswith((CLASS, SECTION, ITEM)):
                named = figure
            elif figure.scope.subject[:-1] and ACCOUNT.search(figure.before):
                named = None
            elif named is not None and figure.scope.stage == "final" and figure.scope.subject in ("", "支出"):
                if not _agree(named, figure):
                    yield _say(named, figure)
                named = None
        if ACCOUNT.search(_tail(sentence)):
            named = None


def _tail(sentence: Sentence) -> str:
    last = sentence.figures[-1].end if sentence.figures else sentence.span.start
    return sentence.passage.text[last : sentence.span.end]


def _agree(one: Figure, other: Figure) -> bool:
    return abs(one.amount - other.amount) <= max(one.slack, other.slack) + TINY


def _say(known: Figure, figure: Figure) -> Discrepancy:
    step = 2 * max(known.slack, figure.slack)
    level = "notice" if abs(known.amount - figure.amount) <= step + TINY and known.kind == "money" else "confirm"
    decimals = max(known.number.decimals, figure.number.decimals)
    digit = known.number.unit == figure.number.unit and one_digit_apart(
        known.number.value, figure.number.value, decimals
    )
    return discrepancy("repeat", figure, known.number.raw, (known,), level, "digit" if digit else "")  # type: ignore[arg-type]
