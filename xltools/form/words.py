"""The words that all narratives share, whatever their form (workbook_templates/narratives.toml): read once, validated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from msgspec import Struct

from xltools.bilingual import Pair
from xltools.boundary.nearest import nearest
from xltools.boundary.plain import said_of_pattern
from xltools.boundary.walk import Fault, below, entry
from xltools.form import shipped_folder
from xltools.form.data_file import read_data

FILE = "narratives.toml"


class Fact(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A figure that every department states, and how it is said."""

    name: str
    says: str


class Balance(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Facts of which one equals another, or the sum of others."""

    total: str
    equals: str = ""
    parts: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()


class Whole(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Parts that together are all there is."""

    parts: tuple[str, ...]


class Section(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A section that a kind of text has, and its heading."""

    name: str
    heading: str


class Kind(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A kind of text, known by its title, and the sections it has where no form says more."""

    id: str
    title: str
    section: tuple[Section, ...] = ()


class Words(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole file."""

    fact: tuple[Fact, ...]
    balance: tuple[Balance, ...]
    whole: tuple[Whole, ...]
    kind: tuple[Kind, ...]


@cache
def shared_words() -> Words:
    """Return the words; raise DefinitionError with everything that is wrong."""
    return read_data(shipped_folder() / FILE, Words, _faults)


def _faults(words: Words) -> Iterator[Fault]:
    patterns = [
        *(f.says for f in words.fact),
        *(k.title for k in words.kind),
        *(s.heading for k in words.kind for s in k.section),
        *(p for w in words.whole for p in w.parts),
    ]
    for text in patterns:
        try:
            re.compile(text)
        except re.error as error:
            says = Pair("“{text}”写法有误：{error}", "“{text}” is no pattern: {error}")
            yield Fault(FILE, says.format(text=text, error=said_of_pattern(error)))
    names = {fact.name for fact in words.fact}
    for number, balance in enumerate(words.balance, start=1):
        for name in (balance.total, balance.equals, *balance.parts, *balance.optional):
            if name and name not in names:
                says = Pair("没有名为“{name}”的 fact{near}", "there is no fact “{name}”{near}")
                place = entry(below(FILE, "balance"), number, {"name": balance.total})
                yield Fault(place, says.format(name=name, near=nearest(name, names)))
