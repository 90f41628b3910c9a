"""How rosters call what a form asks for, whatever the form (workbook_templates/roster.toml): read once, validated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from msgspec import Struct

from xltools.bilingual import Pair
from xltools.boundary.walk import Fault, below, entry
from xltools.form import shipped_folder
from xltools.form.data_file import read_data

FILE = "roster.toml"
_BESIDE = re.compile(r"[\s*＊“”\"「」]")
_UNIT = re.compile(r"[（(]([^（()）]{1,4})[)）]$")


class Subject(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a line of a roster may be other than a department: the columns of its code and name, the first of each as
    forms call it."""

    code: tuple[str, ...]
    name: tuple[str, ...]


class Also(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a cell of a form is called elsewhere."""

    item: str
    called: tuple[str, ...]


class RosterWords(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole file."""

    subject: tuple[Subject, ...]
    also: tuple[Also, ...]

    def called(self, item: str) -> tuple[str, ...]:
        """Return what a cell of that name is called elsewhere."""
        return next((one.called for one in self.also if one.item == item), ())


@cache
def roster_words() -> RosterWords:
    """Return the words; raise DefinitionError with everything that is wrong."""
    return read_data(shipped_folder() / FILE, RosterWords, _faults)


def plain_title(title: str) -> tuple[str, str]:
    """Return a column's title without blanks, quotes and its mark, and the unit that stands in brackets behind it."""
    plain = _BESIDE.sub("", title)
    unit = _UNIT.search(plain)
    return (plain[: unit.start()], unit.group(1)) if unit else (plain, "")


def _faults(words: RosterWords) -> Iterator[Fault]:
    """Every subject can be told by its columns, and an item stands once."""
    for number, subject in enumerate(words.subject, start=1):
        if not subject.code or not subject.name:
            says = Pair("code 和 name 都要至少有一种写法", "code and name need at least one title each")
            yield Fault(entry(below(FILE, "subject"), number, {}), says)
    items = [one.item for one in words.also]
    for number, item in enumerate(items, start=1):
        if item in items[: number - 1]:
            says = Pair("“{item}”出现了不止一次", "“{item}” stands more than once")
            yield Fault(entry(below(FILE, "also"), number, {"name": item}), says.format(item=item))
