"""All rules under one roof: the cards of the Python rules and of the forms' own, and a rule's page."""

from __future__ import annotations

from collections.abc import Iterable

from xltools.form import model as m
from xltools.review import batch, intake_cards
from xltools.review.cards import Card
from xltools.review.rules import RULES


def form_card(form: m.Form, rule: m.Rule) -> Card:
    """Return the card of a form's rule, in the same shape as a Python rule's."""
    fired = next((c for c in rule.cases if c.state in m.FAILED_STATE.values()), None)
    example = "" if fired is None else "、".join(f"{k} = {_shown(v)}" for k, v in fired.values.items())
    return Card(
        code=rule.code,
        level=rule.level,
        name=rule.name,
        name_en=rule.name_en,
        what=f"{rule.words}（{form.title}）",
        why=rule.reason,
        basis=rule.basis,
        fix=rule.fix,
        fix_en=rule.fix_en,
        example=f"填 {example} 时报出。" if example else "",
        says=rule.words,
        says_en=rule.words_en,
        since=rule.since,
    )


def _shown(value: object) -> str:
    return "……" if isinstance(value, list) else "空" if value is None else str(value)


def catalogue(forms: Iterable[m.Form]) -> dict[str, Card]:
    """Return code → card: files, structure, values, the forms' rules, the batch."""
    cards: dict[str, Card] = {}
    for card in (*intake_cards.CARDS, *(rule.CARD for rule in RULES)):
        cards[card.code] = card
    for form in forms:
        for rule in form.rules:
            cards.setdefault(rule.code, form_card(form, rule))
    for card in batch.CARDS:
        cards[card.code] = card
    return cards


def page(card: Card, lang: str = "zh") -> str:
    """Return a rule's page with its fixed headings."""
    if lang == "en":
        return f"# {card.code} {card.name_en}\n\nLevel: {card.level}\n\n{card.says_en}\n\nWhat to do: {card.fix_en}"
    parts = [
        f"# {card.code} {card.name}",
        f"级别：{m.LEVEL_WORDS[card.level]}　始于：{card.since}",
        f"## 检查什么\n{card.what}",
        f"## 为什么\n{card.why}",
        f"## 依据\n{card.basis}",
        f"## 怎么改\n{card.fix}",
        f"## 例子\n{card.example}",
    ]
    return "\n\n".join(parts)
