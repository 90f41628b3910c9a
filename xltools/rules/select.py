"""--select and --ignore: which rules a run reports, by a code's beginning or by a rule's name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xltools.bilingual import Pair
from xltools.boundary.nearest import nearest
from xltools.errors import UsageError
from xltools.findings.card import Card
from xltools.findings.report import Report

_NO_RULE = Pair(
    "没有编号或名称为“{word}”的审核规则{near}；用 xltools rules 查看全部规则",
    "no rule has the code or name “{word}”{near}; xltools rules lists them",
)


def chosen_codes(selected: Sequence[str], ignored: Sequence[str], cards: Mapping[str, Card]) -> frozenset[str]:
    """Return the codes to report. Raises UsageError (with the nearest word) for a word that is no rule's.

    What could not be read at all (IN) is always reported, unless it is ignored by name.
    """
    wanted = set().union(*(_codes(w, cards) for w in selected)) if selected else set(cards)
    wanted |= {code for code in cards if code.startswith("IN")}
    for word in ignored:
        wanted -= _codes(word, cards)
    return frozenset(wanted)


def words(given: Sequence[str]) -> list[str]:
    """Return the selectors of an option given several times or with commas."""
    return [word for text in given for part in text.split(",") if (word := part.strip())]


def _codes(word: str, cards: Mapping[str, Card]) -> set[str]:
    found = {code for code in cards if code.startswith(word.upper())}
    found |= {code for code, card in cards.items() if word in (card.name.zh, card.name.en)}
    if not found:
        known = [*cards, *dict.fromkeys(code[:2] for code in cards), *(card.name.zh for card in cards.values())]
        raise UsageError(_NO_RULE.format(word=word, near=nearest(word, known)))
    return found


def narrow(report: Report, codes: frozenset[str]) -> None:
    """Drop from a report what was not asked for."""
    report.batch = [f for f in report.batch if f.code in codes]
    for checked in report.submissions:
        checked.findings = [f for f in checked.findings if f.code in codes]
        checked.not_evaluated = [n for n in checked.not_evaluated if n.code in codes]
