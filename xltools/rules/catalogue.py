"""All rules under one roof: the cards of the Python rules and of the forms' own, and a rule's page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from xltools.findings.card import Card
from xltools.form import model as m
from xltools.rules.batch import cards as batch_cards
from xltools.rules.intake import cards as intake_cards
from xltools.rules.narrative.finders import CARDS as NARRATIVE_CARDS
from xltools.rules.registry import RULES

FAMILIES: dict[str, tuple[str, str]] = {
    "IN": ("文件能否打开", "Files"),
    "ST": ("结构和改动", "Structure and tampering"),
    "VA": ("填报内容", "Values"),
    "NA": ("自评报告", "Narrative"),
    "BA": ("收支平衡", "Balance"),
    "EX": ("预算执行", "Execution"),
    "TP": ("“三公”经费", "Three public expenses"),
    "PR": ("政府采购", "Procurement"),
    "AS": ("资产", "Assets"),
    "HR": ("人员", "Staff"),
    "KP": ("绩效指标完成情况", "Indicators"),
    "SC": ("得分", "Scores"),
    "BT": ("整批对照", "Batch"),
}
"""What a code's two letters stand for, in the order of the catalogue; a form's own letters stand before the batch."""

HEADINGS = {
    "zh": ("检查什么", "为什么", "依据", "怎么改", "例子"),
    "en": ("What it says", "How to correct"),
}
_PLACEHOLDER = re.compile(r"\{[^{}]*\}")


class Meaning(NamedTuple):
    """A card and the forms whose rule it is (none: it belongs to every form)."""

    card: Card
    forms: tuple[str, ...] = ()


class Entry(NamedTuple):
    """One code: its card, or its cards where two forms use the code for different rules."""

    code: str
    meanings: tuple[Meaning, ...]


def python_cards() -> tuple[Card, ...]:
    """Return the cards of every rule that is not a form's, in the catalogue's order."""
    cards = (
        *intake_cards.CARDS,
        *(rule.CARD for rule in RULES),
        *NARRATIVE_CARDS,
        *batch_cards.CARDS,
    )
    return tuple(dict.fromkeys(cards))


def form_card(form: m.Form, rule: m.Rule) -> Card:
    """Return the card of a form's rule, in the same shape as a Python rule's."""
    fired = next((c for c in rule.cases if c.state in m.FAILED_STATE.values()), None)
    example = "" if fired is None else "，".join(_shown(form, k, v) for k, v in fired.values.items())
    return Card(
        code=rule.code,
        level=rule.level,
        name=rule.name,
        name_en=rule.name_en,
        what=rule.words + "。" + (f"（“{form.table(rule.table).label}”的每一行）" if rule.table else ""),
        why=rule.reason,
        basis=rule.basis,
        fix=rule.fix,
        fix_en=rule.fix_en,
        example=f"其余数字都对，{example}，会报出。" if example else "",
        says=rule.words,
        says_en=rule.words_en,
        since=rule.since,
    )


def _shown(form: m.Form, name: str, value: object) -> str:
    """Return one changed value of a case as a person says it."""
    if isinstance(value, list):
        keys = {t.key_column for t in form.tables if t.name == name}
        rows = ["、".join(_said(k, v) if k not in keys else f"“{v}”" for k, v in row.items()) for row in value]
        return f"“{form.table(name).label}”中" + "；".join(rows)
    known = {f.name: f.label for f in form.fields}
    return _said(known.get(name, name), value)


def _said(label: str, value: object) -> str:
    if value is None or value == "":
        return f"{label}不填"
    return f"{label}填 {value:,g}" if isinstance(value, int | float) else f"{label}填“{value}”"


def entries(forms: Iterable[m.Form]) -> dict[str, Entry]:
    """Return code → entry, family by family. Forms that use a code for the same rule share one card."""
    found: dict[str, list[Meaning]] = {card.code: [Meaning(card)] for card in python_cards()}
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
    order = [code for members in _families(found).values() for code in members]
    return {code: Entry(code, tuple(found[code])) for code in order}


def _same(one: Card, other: Card) -> bool:
    return (one.name, one.level, one.says, one.why) == (other.name, other.level, other.says, other.why)


def _families(codes: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for code in codes:
        found.setdefault(code[:2], []).append(code)
    known = list(FAMILIES)
    order = sorted(found, key=lambda f: (known.index(f), "") if f in FAMILIES else (len(known) - 1.5, f))
    return {family: sorted(found[family]) for family in order}


def by_family(known: dict[str, Entry]) -> dict[str, list[Entry]]:
    """Return family → its entries, in the catalogue's order."""
    return {family: [known[c] for c in codes] for family, codes in _families(known).items()}


def family_title(family: str, lang: str = "zh") -> str:
    """Return what a family's two letters stand for; nothing for letters that are a bureau's own."""
    return FAMILIES.get(family, ("", ""))[0 if lang == "zh" else 1]


def catalogue(forms: Iterable[m.Form]) -> dict[str, Card]:
    """Return code → card (of the first form, where forms use a code for different rules)."""
    return {code: entry.meanings[0].card for code, entry in entries(forms).items()}


def page(entry: Entry, lang: str = "zh") -> str:
    """Return a rule's page with its fixed headings, once for each meaning of the code."""
    return "\n\n".join(_meaning(meaning, lang) for meaning in entry.meanings)


def _meaning(meaning: Meaning, lang: str) -> str:
    card, forms = meaning
    if lang == "en":
        line = f"Level: {card.level} · since {card.since}" + (f" · forms: {', '.join(forms)}" if forms else "")
        return _page(f"{card.code} {card.name_en}", line, HEADINGS["en"], (card.says_en, card.fix_en))
    line = f"级别：{m.LEVEL_WORDS[card.level]}　始于：{card.since}" + (f"　表格：{'、'.join(forms)}" if forms else "")
    texts = (card.what, card.why, card.basis, card.fix, card.example)
    return _page(f"{card.code} {card.name}", line, HEADINGS["zh"], texts)


def _page(title: str, line: str, headings: Sequence[str], texts: Sequence[str]) -> str:
    parts = [f"# {title}", line]
    parts += [f"## {head}\n\n{_PLACEHOLDER.sub('…', text)}" for head, text in zip(headings, texts, strict=True) if text]
    return "\n\n".join(parts)
