"""The stage of what a narrative says: sentences of a report without its workbook, and changes to a report beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.support.forms import clean, room
from tests.support.narratives import FORM, pair, reviewed
from xltools.findings.finding import Finding
from xltools.form.model import Level
from xltools.form.narrative import phrases_of
from xltools.intake.narrative.document import read_document
from xltools.intake.narrative.reading import Narrative, read_with
from xltools.intake.narrative.source import read_narrative
from xltools.rules.catalogue import card_finder
from xltools.rules.narrative.context import NarrativeContext
from xltools.rules.registry import NARRATIVE

HEAD = "临河县水务局2023年度部门决算公开说明\n一、部门基本情况\n临河县水务局是临河县人民政府的工作部门，主管全县水务。\n二、决算情况说明\n"
"""What stands before the sentences of a case."""
SENTENCE = "按年度计划完成各项重点工作（示例）。"
"""A sentence of the written report that says nothing in figures; a change puts others in its place."""


@dataclass(frozen=True)
class TextCase:
    """Sentences at which a rule speaks, holding these words in its message, and their twin at which nothing does."""

    code: str
    fires: str
    silent: str
    holds: str
    level: Level


@dataclass(frozen=True)
class Change:
    """A text of the written report changed, beside its workbook: the rule speaks there, and nothing else does."""

    code: str
    old: str
    new: str


@dataclass(frozen=True)
class Sent:
    """Files that are sent together: the rule speaks or, where `told` is false, does not."""

    code: str
    kind: str
    make: Callable[[], Mapping[str, bytes]]
    told: bool

    def found(self, folder: Path) -> list[Finding]:
        """Return what a run says of the rule."""
        return [f for f in reviewed(folder, dict(self.make())) if f.code == self.code]


TEXTS: list[TextCase] = []
CHANGES: list[Change] = []
SENT: list[Sent] = []


def text(code: str, *, fires: str, silent: str, holds: str, level: Level = "confirm") -> None:
    """Register sentences at which the rule speaks, and their silent twin."""
    TEXTS.append(TextCase(code, fires, silent, holds, level))


def change(code: str, old: str, new: str) -> None:
    """Register a change of the written report."""
    CHANGES.append(Change(code, old, new))


def sent(
    code: str, kind: str, told: bool = True
) -> Callable[[Callable[[], Mapping[str, bytes]]], Callable[[], Mapping[str, bytes]]]:
    """Register files that are sent together."""

    def register(make: Callable[[], Mapping[str, bytes]]) -> Callable[[], Mapping[str, bytes]]:
        SENT.append(Sent(code, kind, make, told))
        return make

    return register


@cache
def pair_of_clean() -> tuple[bytes, bytes]:
    """Return the workbook of the clean filling and the narrative written from it."""
    book, report, missing = pair(clean(FORM))
    assert missing == []
    return book, report


def narrative(sentences: str) -> Narrative:
    """Return a text of the final accounts with these sentences in its second section."""
    data = (HEAD + sentences).encode()
    return read_with(read_document(read_narrative(data, "说明.txt")), phrases_of(room().form(FORM)))


def found(sentences: str) -> list[Finding]:
    """Return what the rules find, but for the missing workbook."""
    ctx = NarrativeContext(narrative(sentences))
    return [f for rule in NARRATIVE.rules for f in rule.find(ctx) if f.code != "NA017"]


def message(finding: Finding, lang: str = "zh") -> str:
    """Return the finding's sentence."""
    return card_finder(room().form)(finding.code, FORM).sentence(finding.values, lang)  # type: ignore[arg-type]
