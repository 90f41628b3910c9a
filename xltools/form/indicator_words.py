"""The words by which indicators are judged, whatever their form (workbook_templates/indicators.toml): read once."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from msgspec import Struct

from xltools.bilingual import Pair
from xltools.boundary.nearest import nearest
from xltools.boundary.walk import Fault, below, entry
from xltools.form import shipped_folder
from xltools.form.data_file import read_data
from xltools.form.indicators import FILE


class WordList(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words of one meaning, and why they stand together."""

    words: tuple[str, ...]
    reason: str

    def ends(self, text: str) -> str:
        """Return the longest of the words that the text ends with, or ""."""
        return max((word for word in self.words if text.endswith(word)), key=len, default="")

    def within(self, text: str) -> str:
        """Return the first of the words that the text holds, or ""."""
        return next((word for word in self.words if word in text), "")


class Alike(WordList, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words that say the same; `use` stands for all of them."""

    use: str


class UnitKind(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Units of one kind."""

    kind: str
    units: tuple[str, ...]
    reason: str


class Measure(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a name ends with, and the kinds of unit that fit."""

    ends: tuple[str, ...]
    kinds: tuple[str, ...]
    reason: str


class IndicatorWords(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole file."""

    worse: WordList
    bad_signs: WordList
    counting: WordList
    bearers: WordList
    handled: WordList
    against: WordList
    slow: WordList
    slow_steps: WordList
    lasting: WordList
    better: WordList
    neutral_rates: WordList
    negated: WordList
    produced: WordList
    counts: WordList
    bounded_by_purpose: WordList
    cost: WordList
    cost_saved: WordList
    money: WordList
    paying: WordList
    paid_amounts: WordList
    amounts: WordList
    raised: WordList
    timely: WordList
    vague: WordList
    measured: WordList
    empty: WordList
    usual: WordList
    openers: WordList
    alike: tuple[Alike, ...]
    unit: tuple[UnitKind, ...]
    measure: tuple[Measure, ...]

    def unit_kind(self, unit: str) -> str:
        """Return the kind of a unit, "" where it is not known."""
        return next((known.kind for known in self.unit if unit in known.units), "")

    def kinds_for(self, name: str) -> tuple[str, ...]:
        """Return the kinds of unit that fit a name, none where the name does not say."""
        fits = [(len(end), m.kinds) for m in self.measure for end in m.ends if name.endswith(end)]
        return max(fits)[1] if fits else ()


@cache
def indicator_words() -> IndicatorWords:
    """Return the words; raise DefinitionError with everything that is wrong."""
    return read_data(shipped_folder() / FILE, IndicatorWords, _faults)


def _faults(words: IndicatorWords) -> Iterator[Fault]:
    """A measure's kinds are kinds of unit."""
    kinds = [unit.kind for unit in words.unit]
    for number, measure in enumerate(words.measure, start=1):
        for name in measure.kinds:
            if name not in kinds:
                says = Pair("没有名为“{name}”的 unit{near}", "there is no unit “{name}”{near}")
                place = entry(below(FILE, "measure"), number, {"name": measure.ends[0]})
                yield Fault(place, says.format(name=name, near=nearest(name, kinds)))
