"""Finds a department by code and name: codes are mistyped and departments renamed, so both have their say."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Generic, TypeVar

Line = TypeVar("Line")
_GENERIC = re.compile(r"[（(].*?[）)]|本级|机关")


class Directory(Generic[Line]):
    """Lines by code and by name; of two with the same code or name the later one counts."""

    def __init__(self, lines: Iterable[tuple[str, str, Line]]) -> None:
        self._codes: dict[str, tuple[str, Line]] = {}
        self._names: dict[str, Line] = {}
        for code, name, line in lines:
            if code:
                self._codes[code] = name, line
            if name:
                self._names[name] = line

    def find(self, code: str, name: str) -> Line | None:
        """Return the line of that code; but where it bears another department's name, and `name` has a line of its
        own, that one: then the code is the slip."""
        known = self._codes.get(code) if code else None
        by_name = self._names.get(name) if name else None
        if known is None:
            return by_name
        return known[1] if by_name is None or same_name(known[0], name) else by_name


def plain_code(text: str) -> str:
    """Return a code as it is compared: without blanks, in half-width characters (“101 001” is “101001”)."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def written(name: str) -> str:
    """Return a name as it is compared: its letters and digits, whatever their width and case. Rare characters count,
    those that a bureau made itself (private use) too: two names may differ in nothing else."""
    text = unicodedata.normalize("NFKC", name).casefold()
    return "".join(ch for ch in text if ch.isalnum() or unicodedata.category(ch) == "Co")


def same_name(one: str, other: str) -> bool:
    """True when both names are equal, one holds the other, or one is short for the other (its characters in order)."""
    short, long = sorted((_GENERIC.sub("", one), _GENERIC.sub("", other)), key=len)
    one, other = written(one), written(other)
    if one in other or other in one:
        return True
    short, long = written(short), written(long)
    if len(short) < 2 or short[-1] not in long[-3:]:
        return False
    rest = iter(long)
    return all(ch in rest for ch in short)
