"""How a narrative report (附件2) says a form's figures: phrases, sections and rows, as narrative.toml gives them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from xltools.form.loader import NARRATIVE
from xltools.form.model import Form

TEMPLATE = "narrative.docx"
NUMBER = "#"
"""Where the number stands in a phrase whose words go on behind it (内设#个科室)."""

_QUOTES = re.compile("[“”‘’\"'「」『』《》]")


@dataclass(frozen=True, slots=True)
class Phrase:
    """One way a figure is said: a pattern before the number, what may follow the unit, where it may stand."""

    field: str
    before: re.Pattern[str]
    after: re.Pattern[str] | None = None
    under: tuple[str, ...] = ()  # only in a list under one of these figures
    heads: tuple[str, ...] = ()  # if in a list, then under one of these
    unless: tuple[str, ...] = ()  # not when one of these words stands before it in the sentence
    needs: tuple[str, ...] = ()  # one of these was understood before it in the sentence
    row: int = -1  # of a scoring table: the row whose score is said
    column: str = ""


@dataclass(frozen=True, slots=True)
class Rows:
    """How the indicators of an open table are told, one paragraph a row under a heading."""

    table: str
    heading: re.Pattern[str]
    title: str
    target: str
    actual: str
    unit: str = ""
    direction: str = ""
    rate: str = ""
    result: str = ""  # the choice column of a qualitative row
    share: str = ""  # and its share


@dataclass(frozen=True, slots=True)
class Passage:
    """A section whose text is a field's: its heading and the field."""

    field: str
    heading: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Part:
    """A section that every narrative must have."""

    name: str
    heading: re.Pattern[str]


@dataclass(frozen=True)
class Phrases:
    """All of a form's narrative.toml. `parents` says under which totals a figure may be listed."""

    form: Form
    titles: tuple[re.Pattern[str], ...]
    phrases: tuple[Phrase, ...]
    rows: tuple[Rows, ...]
    passages: tuple[Passage, ...]
    parts: tuple[Part, ...]
    accepted: Mapping[str, tuple[str, ...]]  # field → other fields whose value a narrative may give instead
    grades: tuple[re.Pattern[str], ...]
    target_words: tuple[str, ...]
    actual_words: tuple[str, ...]
    directions: Mapping[str, tuple[str, ...]]
    residue: tuple[re.Pattern[str], ...]
    placeholder: str
    total_row: str
    kinds: tuple[str, ...] = ()  # of which kinds of text the form's figures are told, its own first
    name: str = ""  # what such a report is called
    parents: Mapping[str, frozenset[str]] = field(default_factory=dict)


def has_narrative(form: Form) -> bool:
    """True when the form's folder ties phrases to its fields."""
    return (form.folder / NARRATIVE).is_file()


def plain_label(text: str) -> str:
    """Return a label as it is matched: without quotes, spaces, 其中： and brackets around one character (国（境）)."""
    text = re.sub(r"[（(]([^\d一二三四五六七八九十])[）)]", r"\1", _QUOTES.sub("", "".join(text.split())))
    return text.partition("：")[2] if text.startswith("其中：") else text
