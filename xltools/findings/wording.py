"""Puts findings into words, where an output wants them: in its language, for its reader, by the rule's card."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from xltools.bilingual import Lang, Pair
from xltools.findings.card import Card
from xltools.findings.finding import Finding, Related
from xltools.findings.texts import LEVEL_SAID
from xltools.findings.values import Reader
from xltools.form.model import Level
from xltools.intake.files.names import name_of

CardOf = Callable[[str, str], Card]
"""Gives the card of a code and of the form whose rule it is ("" for a rule of every form)."""

_IN_NARRATIVE = Pair("《{file}》{place}：{said}", "{file}, {place}: {said}")


@dataclass(frozen=True, slots=True)
class Wording:
    """One language and one reader; `cards` knows the sentences."""

    cards: CardOf
    lang: Lang = "zh"
    reader: Reader = "coordinator"

    def to(self, reader: Reader) -> Wording:
        """Return the same language for another reader."""
        return replace(self, reader=reader)

    def message(self, finding: Finding) -> str:
        """Return what is there, what is expected, what to do; of a narrative with the place before it."""
        values = {"label": finding.field, **finding.values}
        card = self.cards(finding.code, finding.form)
        said = card.sentence(values, self.lang, self.reader, explained=finding.state == "explained")
        if not finding.place.zh:
            return said
        where = {"file": name_of(finding.file), "place": self.text(finding.place)}
        return self.text(_IN_NARRATIVE).format(said=said, **where)

    def hint(self, finding: Finding) -> str:
        """Return the likely cause, "" where there is none."""
        return self.text(finding.hint)

    def label(self, item: Finding | Related) -> str:
        """Return what the form calls the cell."""
        return self.text(item.field)

    def place(self, finding: Finding) -> str:
        """Return the place in a narrative, "" for a workbook."""
        return self.text(finding.place)

    def level(self, level: Level) -> str:
        """Return a level's name."""
        return self.text(LEVEL_SAID[level])

    def text(self, pair: Pair) -> str:
        """Return a text in this language."""
        return pair.text(self.lang)
