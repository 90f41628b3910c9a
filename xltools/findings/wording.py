"""Puts findings into words, where an output wants them: in its language, for its reader, by the rule's card."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from xltools.bilingual import Lang, Pair, joined, same
from xltools.findings.card import AWAITED, Card
from xltools.findings.finding import Finding, Related
from xltools.findings.texts import LEVEL_SAID
from xltools.findings.values import Reader, Value
from xltools.form.model import Level
from xltools.intake.files.names import name_of

CardOf = Callable[[str, str], Card]
"""Gives the card of a code and of the form whose rule it is ("" for a rule of every form)."""

_IN_NARRATIVE = Pair("《{file}》{place}：{said}", "{file}, {place}: {said}")
_FIRST = Pair("先改{first}", "first {first}")
_PLACED = Pair(" {named}", "{named}")
_HERE = Pair("本格的另一项", "the other one at this cell")
_CELL, _SEVERAL = Pair("{place}“{label}”", "{place} “{label}”"), Pair("{first} 等 {count} 处", "{first} and others")
_MOST = 3
"""Cells that are named as what comes first."""


def first_of(finding: Finding) -> Pair:
    """Return the cells that a finding awaits, each with what the form calls it; those of its own sheet by the cell."""
    named = joined((_named(r, finding) for r in finding.awaits[:_MOST]), "、", ", ")
    if len(finding.awaits) > _MOST:
        named = _SEVERAL.format(first=named, count=len(finding.awaits))
    return named if named.zh.startswith(_HERE.zh) else _PLACED.format(named=named)


def _named(cell: Related, finding: Finding) -> Pair:
    """Return how a finding names another cell: its own sheet is not said again."""
    if (cell.sheet, cell.cell) == (finding.sheet, finding.cell):
        return _HERE
    place = cell.cell if cell.sheet == finding.sheet else f"{cell.sheet}!{cell.cell}"
    return _CELL.format(place=place, label=cell.field) if cell.field.zh else same(place)


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
        values: dict[str, Value] = {"label": finding.field, **finding.values}
        if finding.awaits:
            values[AWAITED] = first_of(finding)
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

    def expected(self, finding: Finding) -> str:
        """Return how the figure that should stand there binds the cell: "=" or another operator; "" where no figure
        can be named, because it would come from others in question or is no figure for that cell."""
        return "" if finding.awaits else self.cards(finding.code, finding.form).expects

    def first(self, finding: Finding) -> str:
        """Return what is to be put right before a finding's figures mean anything, "" where nothing is."""
        return self.text(_FIRST).format(first=self.text(first_of(finding))) if finding.awaits else ""

    def level(self, level: Level) -> str:
        """Return a level's name."""
        return self.text(LEVEL_SAID[level])

    def text(self, pair: Pair) -> str:
        """Return a text in this language."""
        return pair.text(self.lang)
