"""The words that all narratives share, whatever their form (workbook_templates/narratives.toml): read once, validated."""

from __future__ import annotations

import re
from functools import cache

import msgspec

from xltools.errors import DefinitionError
from xltools.form import CHECKOUT, PACKAGED

FILE = "narratives.toml"


class Fact(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A figure that every department states, and how it is said."""

    name: str
    says: str


class Balance(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Facts of which one equals another, or the sum of others."""

    total: str
    equals: str = ""
    parts: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()


class Whole(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Parts that together are all there is."""

    parts: tuple[str, ...]


class Kind(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of text, known by its title."""

    id: str
    title: str


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file."""

    fact: tuple[Fact, ...]
    balance: tuple[Balance, ...]
    whole: tuple[Whole, ...]
    kind: tuple[Kind, ...]


@cache
def shared_words() -> Words:
    """Return the words; raise DefinitionError at the first thing that is wrong."""
    path = (PACKAGED if PACKAGED.is_dir() else CHECKOUT) / FILE
    try:
        words = msgspec.toml.decode(path.read_bytes(), type=Words)
        for text in (
            *(f.says for f in words.fact),
            *(k.title for k in words.kind),
            *(p for w in words.whole for p in w.parts),
        ):
            re.compile(text)
    except (OSError, msgspec.DecodeError, re.error) as error:
        raise DefinitionError(f"{path}：{error}") from None
    names = {fact.name for fact in words.fact}
    for balance in words.balance:
        for name in (balance.total, balance.equals, *balance.parts, *balance.optional):
            if name and name not in names:
                raise DefinitionError(f"{path}：balance：没有名为“{name}”的 fact")
    return words
