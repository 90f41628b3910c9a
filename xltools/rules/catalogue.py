"""All rules under one roof: the cards of the Python rules and of the forms' own, and a rule's page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import NamedTuple

from xltools.bilingual import EMPTY, Lang, Pair, joined, same
from xltools.findings.card import Card
from xltools.findings.texts import LEVEL_SAID
from xltools.findings.wording import CardOf
from xltools.form import model as m
from xltools.rules import registry
from xltools.rules.form_cards import form_card

FAMILIES: dict[str, Pair] = {
    "IN": Pair("文件能否打开", "Files"),
    "ST": Pair("结构和改动", "Structure and tampering"),
    "VA": Pair("填报内容", "Values"),
    "KQ": Pair("指标质量", "Quality of indicators"),
    "NA": Pair("自评报告", "Narrative"),
}
BATCH = "BT"
BATCH_TITLE = Pair("整批对照", "Batch")
"""What the letters of the Python rules stand for; those of a form's rules have their titles in its definition."""

WHAT, WHY, BASIS = Pair("检查什么", "What is checked"), Pair("为什么", "Why"), Pair("依据", "Basis")
FIX, EXAMPLE = Pair("怎么改", "How to correct"), Pair("例子", "Example")
_HEAD = Pair("级别：{level}　始于：{since}{forms}", "Level: {level} · since {since}{forms}")
_FORMS = Pair("　表格：{names}", " · forms: {names}")
_BOTH_FIXES = Pair("部门：{fix}\n\n财政部门：{ours}", "The department: {fix}\n\nThe bureau: {ours}")
_PLACEHOLDER = re.compile(r"\{[^{}]*\}")


class Meaning(NamedTuple):
    """A card and the forms whose rule it is (none: it belongs to every form)."""

    card: Card
    forms: tuple[str, ...] = ()


class Entry(NamedTuple):
    """One code: its card, or its cards where two forms use the code for different rules; `family` is the title."""

    code: str
    meanings: tuple[Meaning, ...]
    family: Pair


def card_finder(form_of: Callable[[str], m.Form]) -> CardOf:
    """Return what gives the card of a code: a Python rule's own, else that of the form whose rule it is."""

    @cache
    def find(code: str, form_id: str) -> Card:
        card = registry.card_of(code)
        if card is None:
            form = form_of(form_id)
            card = form_card(form, form.rule(code))
        return card

    return find


def entries(forms: Iterable[m.Form]) -> dict[str, Entry]:
    """Return code → entry, family by family. Forms that use a code for the same rule share one card."""
    forms = tuple(forms)
    found: dict[str, list[Meaning]] = {card.code: [Meaning(card)] for card in registry.cards()}
    for form in forms:
        for rule in form.rules:
            card = form_card(form, rule)
            known = found.setdefault(rule.code, [])
            for number, meaning in enumerate(known):
                if _same(meaning.card, card):
                    known[number] = meaning._replace(forms=(*meaning.forms, form.id))
                    break
            else:
                known.append(Meaning(card, (form.id,)))
    titles = families(forms)
    order = sorted(found, key=lambda code: (list(titles).index(code[:2]), code))
    return {code: Entry(code, tuple(found[code]), titles[code[:2]]) for code in order}


def _same(one: Card, other: Card) -> bool:
    return (one.name, one.level, one.says, one.why) == (other.name, other.level, other.says, other.why)


def families(forms: Iterable[m.Form]) -> dict[str, Pair]:
    """Return the families' letters → title, in the catalogue's order: the forms' own stand before the batch, each
    behind the one it follows in its form. Where forms call the same letters differently, the first one's title holds."""
    titles: dict[str, Pair] = {}
    order: list[str] = []
    for form in forms:
        place = 0
        for family in form.families:
            if family.letters not in titles:
                titles[family.letters] = Pair(family.title, family.title_en)
                order.insert(place, family.letters)
            place = order.index(family.letters) + 1
    return FAMILIES | {letters: titles[letters] for letters in order} | {BATCH: BATCH_TITLE}


def by_family(known: dict[str, Entry]) -> dict[str, list[Entry]]:
    """Return family → its entries, in the catalogue's order."""
    found: dict[str, list[Entry]] = {}
    for code, entry in known.items():
        found.setdefault(code[:2], []).append(entry)
    return found


def catalogue(forms: Iterable[m.Form]) -> dict[str, Card]:
    """Return code → card (of the first form, where forms use a code for different rules)."""
    return {code: entry.meanings[0].card for code, entry in entries(forms).items()}


def page(entry: Entry, lang: Lang = "zh") -> str:
    """Return a rule's page with its fixed headings, once for each meaning of the code."""
    return "\n\n".join(_meaning(meaning).text(lang) for meaning in entry.meanings)


def _meaning(meaning: Meaning) -> Pair:
    card, forms = meaning
    names = _FORMS.format(names=joined(map(same, forms))) if forms else EMPTY
    head = _HEAD.format(level=LEVEL_SAID[card.level], since=card.since, forms=names)
    parts = [Pair("# {code} {name}", "# {code} {name}").format(code=card.code, name=card.name), head]
    texts = ((WHAT, card.what), (WHY, card.why), (BASIS, card.basis), (FIX, _fix(card)), (EXAMPLE, card.example))
    for title, text in texts:
        parts.append(_section(title, text))
    return Pair("\n\n".join(p.zh for p in parts if p.zh), "\n\n".join(p.en for p in parts if p.en))


def _fix(card: Card) -> Pair:
    """Return how to correct, for the department and, where it differs, for the bureau."""
    ours = card.fix_coordinator
    return card.fix if ours is None else _BOTH_FIXES.format(fix=card.fix, ours=ours)


def _section(title: Pair, text: Pair) -> Pair:
    """Return one part of a page in each language that has it, without what a finding fills in."""
    zh, en = (
        f"## {head}\n\n{_PLACEHOLDER.sub('…', body)}" if body else ""
        for head, body in ((title.zh, text.zh), (title.en, text.en))
    )
    return Pair(zh, en)
